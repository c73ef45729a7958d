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

  /// A dashed horizontal rule at a level that decides something, with its name at the left.
  package mutating func threshold(_ value: Double, _ label: String) {
    guard y.domain.contains(value) else { return }
    let start = point(x.domain.lowerBound, value), end = point(x.domain.upperBound, value)
    add(Markup("path", ["class": "r", "d": PathData.line([start, end])]))
    addLabel(text(label, start.x + 4, start.y - 5, style: "t k"))
  }
}
