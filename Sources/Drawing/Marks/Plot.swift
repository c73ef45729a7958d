/// A drawing in the making: two axes and the marks between them.
///
/// Marks go on in the order of the calls, over the grid and under the labels. All text is real text.
package struct Plot: Sendable {
  /// The size, with a left margin that has room for the labels of the vertical axis.
  package let layout: Layout
  /// The horizontal axis.
  package let x: Axis
  /// The vertical axis; its values grow upwards.
  package let y: Axis
  private let xScale: any Scale
  private let yScale: any Scale
  private var simplifier: LineSimplifier { LineSimplifier(tolerance: layout.tolerance) }
  private var marks: [Markup] = []
  private var labels: [Markup] = []
  private var ruleLabels: [[ClosedRange<Double>]] = []
  private var endLabels: [EndLabel] = []

  /// A label at the end of a line: what it says, where the line ends, and the line's colour.
  private struct EndLabel: Sendable {
    let text: String
    let place: Double
    let series: String?
    let dash: String
  }

  /// An empty plot.
  ///
  /// The left margin grows where the labels of the vertical axis need more than the layout gives, as long as two fifths of
  /// the width are left to draw in.
  package init(_ layout: Layout, x: Axis, y: Axis) {
    let widest = y.ticks(layout.plotHeight).map { TextWidth.of($0.label, size: 13) }.max() ?? 0
    let most = max(layout.left, layout.width * 0.6 - layout.right)
    let layout = layout.with(left: min(max(layout.left, widest + 12), most))
    self.layout = layout
    self.x = x
    self.y = y
    xScale = x.scale(from: layout.plotLeft, to: layout.plotRight)
    yScale = y.scale(from: layout.plotBottom, to: layout.plotTop)
  }

  /// Where a pair of values is drawn.
  package func point(_ x: Double, _ y: Double) -> Point { Point(xScale.place(x), yScale.place(y)) }

  /// Puts a mark that the caller drew.
  package mutating func add(_ mark: Markup) { marks.append(mark) }

  /// Puts a mark that the caller drew over everything but the labels at the lines' ends.
  package mutating func addLabel(_ mark: Markup) { labels.append(mark) }

  /// A line through the values; `style` names the classes of `ChartStyle`, such as "m s1" for a median.
  package mutating func line(_ xs: [Double], _ ys: [Double], style: String) {
    let points = simplifier.simplify(zip(xs, ys).filter { $1.isFinite }.map { point($0, $1) })
    guard points.count > 1 else { return }
    marks.append(Markup("path", ["class": style, "d": PathData.line(points)]))
  }

  /// The area between two lines.
  package mutating func band(_ xs: [Double], _ low: [Double], _ high: [Double], style: String) {
    let isFinite = zip(low, high).map { $0.isFinite && $1.isFinite }
    let upper = zip(zip(xs, high), isFinite).filter(\.1).map { point($0.0.0, $0.0.1) }
    let lower = zip(zip(xs, low), isFinite).filter(\.1).map { point($0.0.0, $0.0.1) }
    guard upper.count > 1 else { return }
    let path = PathData.area(simplifier.simplify(upper), simplifier.simplify(lower))
    marks.append(Markup("path", ["class": style, "d": path]))
  }

  /// The corners of a right-continuous step function that holds its last value until `end`; of several steps within one
  /// unit of width only the last is drawn.
  package func corners(_ xs: [Double], _ ys: [Double], until end: Double) -> [Point] {
    var corners: [Point] = []
    let points = zip(xs, ys).filter { $1.isFinite }.map { point($0, $1) }
    for (index, next) in points.enumerated() {
      let isLastOfUnit = index + 1 == points.count || points[index + 1].x.rounded(.down) > next.x.rounded(.down)
      guard index == 0 || isLastOfUnit else { continue }
      if let last = corners.last {
        // A step too low to be seen waits for the next one.
        if abs(next.y - last.y) < layout.tolerance && index + 1 < points.count { continue }
        corners.append(Point(next.x, last.y))
      }
      corners.append(next)
    }
    if let last = corners.last { corners.append(Point(max(last.x, xScale.place(end)), last.y)) }
    return corners
  }

  /// A right-continuous step function.
  package mutating func steps(_ xs: [Double], _ ys: [Double], until end: Double, style: String) {
    marks.append(Markup("path", ["class": style, "d": PathData.line(corners(xs, ys, until: end))]))
  }

  /// The area between two right-continuous step functions.
  package mutating func stepBand(
    _ xs: [Double], _ low: [Double], _ high: [Double], until end: Double, style: String
  ) {
    let path = PathData.area(corners(xs, high, until: end), corners(xs, low, until: end))
    marks.append(Markup("path", ["class": style, "d": path]))
  }

  /// A shaded stretch over the whole height.
  package mutating func window(_ from: Double, _ to: Double, note: String) {
    let start = xScale.place(from), end = xScale.place(to)
    guard end > start else { return }
    marks.append(
      rectangle(start, layout.plotTop, end - start, layout.plotHeight, style: "w", note: note))
  }

  /// A hatched stretch over the whole height: nothing happens there. At least as wide as can be seen.
  package mutating func hatched(_ from: Double, _ to: Double, note: String) {
    let start = xScale.place(from), end = xScale.place(to)
    guard end >= start, x.domain.contains(from) else { return }
    marks.append(
      rectangle(start, layout.plotTop, max(1.5, end - start), layout.plotHeight, style: "u", note: note))
  }

  /// A rectangle in user units with what a pointer reads on it.
  package func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, note: String? = nil
  ) -> Markup {
    let attributes: KeyValuePairs = [
      "class": style, "x": Plot.coordinate(x), "y": Plot.coordinate(y), "width": Plot.coordinate(max(0, width)),
      "height": Plot.coordinate(max(0, height)),
    ]
    return Markup("rect", attributes).noted(note)
  }

  /// A dashed vertical rule with a label beside its top, on the first row where it covers no other label.
  package mutating func rule(at value: Double, _ label: String) {
    let place = xScale.place(value)
    marks.append(
      Markup(
        "path", ["class": "r", "d": PathData.line([Point(place, layout.plotTop), Point(place, layout.plotBottom)])]))
    guard !label.isEmpty else { return }
    let width = TextWidth.of(label, size: 13)
    let isLeft = place + 4 + width > layout.plotRight && place - 4 - width > layout.plotLeft
    let taken = isLeft ? place - 6 - width...place : place...place + 6 + width
    let row = ruleLabels.firstIndex { !$0.contains { $0.overlaps(taken) } } ?? ruleLabels.count
    if row == ruleLabels.count { ruleLabels.append([]) }
    ruleLabels[row].append(taken)
    labels.append(
      text(
        label, isLeft ? place - 4 : place + 4, layout.plotTop + 12 + 15 * Double(row), style: isLeft ? "t k e" : "t k"))
  }

  /// A horizontal rule at a value that means something, such as zero.
  package mutating func level(_ value: Double) {
    guard y.domain.contains(value) else { return }
    let place = yScale.place(value)
    marks.append(
      Markup(
        "path", ["class": "z", "d": PathData.line([Point(layout.plotLeft, place), Point(layout.plotRight, place)])]))
  }

  /// A label at the right end of a line that ends at `value`; labels that would overlap are moved apart.
  package mutating func endLabel(_ text: String, at value: Double, series: String? = nil, dash: String = "") {
    guard value.isFinite else { return }
    endLabels.append(EndLabel(text: text, place: yScale.place(value), series: series, dash: dash))
  }

  /// Text at a place in user units.
  package func text(_ text: String, _ x: Double, _ y: Double, style: String = "") -> Markup {
    var mark = Markup("text", ["x": Plot.coordinate(x.rounded()), "y": Plot.coordinate(y.rounded())], text: text)
    if !style.isEmpty { mark = mark.with("class", style) }
    return mark
  }

  /// A coordinate with one decimal.
  package static func coordinate(_ value: Double) -> String {
    precondition(value.isFinite, "Invariant: a drawing has finite coordinates")
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// The finished drawing; `crosshair` lists the x values of the rows of the chart's data table.
  package func picture(crosshair: [Double] = []) -> Picture {
    Picture(
      layout, frame() + marks + labels + placedEndLabels(), crosshair: crosshair.map { xScale.place($0) })
  }

  /// Grid, axes, ticks and titles.
  private func frame() -> [Markup] {
    var grid: [Point] = [], result: [Markup] = []
    for tick in y.ticks(layout.plotHeight) {
      let place = yScale.place(tick.value)
      grid += [Point(layout.plotLeft, place), Point(layout.plotRight, place)]
      result.append(text(tick.label, layout.plotLeft - 7, place + 4.5, style: "t e"))
    }
    var path = PathData()
    for index in stride(from: 0, to: grid.count, by: 2) { path.append([grid[index], grid[index + 1]]) }
    var bottom = PathData()
    bottom.append([Point(layout.plotLeft, layout.plotBottom), Point(layout.plotRight, layout.plotBottom)])
    for tick in x.ticks(layout.plotWidth) {
      let place = xScale.place(tick.value)
      bottom.append([Point(place, layout.plotBottom), Point(place, layout.plotBottom + 5)])
      result.append(text(tick.label, place, layout.plotBottom + 18, style: "t c"))
    }
    let scaled = "\(y.title), log scale"
    let hasRoom = TextWidth.of(scaled, size: 13) <= layout.width - 12
    result.append(
      text(y.isLogarithmic && hasRoom && !y.title.isEmpty ? scaled : y.title, 6, layout.plotTop - 17, style: "t"))
    if !x.title.isEmpty {
      result.append(text(x.title, (layout.plotLeft + layout.plotRight) / 2, layout.plotBottom + 37, style: "t c"))
    }
    return [
      Markup("path", ["class": "g", "d": path.text]), Markup("path", ["class": "x", "d": bottom.text]),
    ] + result
  }

  /// The labels at the lines' ends, moved apart, each with a stroke in its line's colour.
  private func placedEndLabels() -> [Markup] {
    // Not so low that one meets the label of the last tick.
    let places = LabelPlacement.spread(
      endLabels.map(\.place), gap: 15, within: layout.plotTop - 4...layout.plotBottom - 2)
    return zip(endLabels, places).flatMap { label, place -> [Markup] in
      let start = layout.plotRight + 3
      guard let series = label.series else { return [text(label.text, start + 2, place + 4.5)] }
      let stroke = PathData.line([Point(start, place), Point(start + (label.dash.isEmpty ? 8 : 14), place)])
      return [
        Markup("path", ["class": label.dash.isEmpty ? "m \(series)" : "m \(series) \(label.dash)", "d": stroke]),
        text(label.text, start + (label.dash.isEmpty ? 11 : 17), place + 4.5),
      ]
    }
  }
}

extension Markup {
  /// The mark with a `<title>`, which a pointer shows and a screen reader reads.
  package func noted(_ note: String?) -> Markup {
    guard let note, case .element(let name, let attributes, let children) = self else { return self }
    return .element(name, attributes, [Markup("title", text: note)] + children)
  }
}
