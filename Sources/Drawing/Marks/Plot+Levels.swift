extension Plot {
  /// A rule over the whole width at a value, with its interval shaded.
  package mutating func horizontalMark(_ value: Double, low: Double?, high: Double?) {
    guard y.domain.contains(value) else { return }
    if let low, let high {
      let top = point(x.domain.lowerBound, high), bottom = point(x.domain.upperBound, low)
      add(rectangle(top.x, top.y, bottom.x - top.x, bottom.y - top.y, style: "w"))
    }
    let start = point(x.domain.lowerBound, value), end = point(x.domain.upperBound, value)
    add(Markup("path", ["class": "r", "d": PathData.line([start, end])]))
  }

  /// A rule over the whole height at a value, with its interval shaded.
  package mutating func verticalMark(_ value: Double, low: Double?, high: Double?, label: String) {
    guard x.domain.contains(value) else { return }
    if let low, let high { window(low, high, note: label) }
    rule(at: value, label)
  }

  /// A dashed horizontal rule at a level that decides something, with its name at the left, or at the right.
  package mutating func threshold(_ value: Double, _ label: String, atEnd: Bool = false) {
    guard y.domain.contains(value) else { return }
    let start = point(x.domain.lowerBound, value), end = point(x.domain.upperBound, value)
    add(Markup("path", ["class": "r", "d": PathData.line([start, end])]))
    let place = atEnd ? end.x - 4 - TextWidth.of(label, size: 13) : start.x + 4
    addLabel(text(label, place, start.y - 5, style: "t k"))
  }
}
