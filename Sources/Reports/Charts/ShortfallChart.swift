import Drawing
import Lab
import Statistics

/// What carrying out the orders costs, a row a desk: the mean shortfall with its interval, and hollow the mean of the worst 5 %
/// of paths; the cheapest first.
struct ShortfallChart: Chart {
  /// Those with a shortfall, in ascending order of it.
  private let desks: [DeskScene]

  /// Nil where the mandate is not to execute.
  init?(_ scene: PanelScene) {
    desks = scene.desks.filter { $0.desk.shortfall?.value != nil }.enumerated().sorted { one, other in
      let values = [one, other].map { $0.element.desk.shortfall?.value ?? 0 }
      return values[0] != values[1] ? values[0] < values[1] : one.offset < other.offset
    }.map(\.element)
    guard !desks.isEmpty else { return nil }
  }

  // MARK: Words

  var title: String {
    guard let first = desks.first, let last = desks.last else { return "" }
    let ends = [first, last].map { $0.desk.shortfall?.valueText(.basisPoints) ?? "" }
    if desks.count == 1 { return "\(first.name) carries out the orders at a mean shortfall of \(ends[0])" }
    if ends[0] == ends[1] { return "Each of the \(desks.count) desks carries out the orders at \(ends[0])" }
    return "The mean shortfall goes from \(ends[0]) (\(first.name)) to \(ends[1]) (\(last.name))"
  }

  var subtitle: String {
    guard let estimate = desks.first?.desk.shortfall else { return "" }
    let paths = Unit.decimal(Double(estimate.n), decimals: 0)
    return "\(estimate.intervalName), n = \(paths) paths each; hollow: mean of the worst 5 %; the cheapest first"
  }

  var description: String {
    "\(title). A row for each desk with its mean shortfall, the interval, and the mean of the worst 5 % of paths."
  }

  var table: DataTable {
    DataTable(
      ["Desk", "mean shortfall", "risk", "worst 5 %", "done in time"],
      desks.map { scene in
        let desk = scene.desk
        return [
          scene.name, text(desk.shortfall, .basisPoints), text(desk.shortfallRisk, .basisPoints),
          text(desk.shortfallTail, .basisPoints), text(desk.completion, .percent),
        ]
      })
  }

  private func text(_ estimate: Estimate?, _ unit: Unit) -> String { estimate?.text(unit) ?? "not known" }

  // MARK: Drawing

  private static let step = 24.0

  func draw(_ layout: Layout) -> Picture {
    let figures = desks.map { $0.desk.shortfall?.figureText(.basisPoints) ?? "" }
    let right = figures.map { TextWidth.of($0, size: 13) }.max() ?? 0
    let names = desks.map { desk in
      TextWidth.wrap(desk.name, size: 13, width: layout.isNarrow ? layout.width - right - 28 : 190)
    }
    let widest = names.joined().map { TextWidth.of($0, size: 13) }.max() ?? 0
    let heights = names.map { lines in
      let words = 16 * Double(lines.count)
      return layout.isNarrow ? words + Self.step + 8 : max(words + 8, Self.step + 6)
    }
    var plot = Plot(
      layout.with(
        height: layout.top + layout.bottom + heights.reduce(0, +), left: layout.isNarrow ? 16 : max(90, widest + 20),
        right: layout.isNarrow ? 16 : right + 20), x: axis, y: Axis("", 0...1) { _ in [] })
    let size = plot.layout
    let zero = plot.point(0, 0).x
    func rule(from top: Double, to bottom: Double) {
      plot.add(Markup("path", ["class": "z", "d": PathData.line([Point(zero, top), Point(zero, bottom)])]))
    }
    if !layout.isNarrow { rule(from: size.plotTop, to: size.plotBottom) }
    var top = size.plotTop
    for (index, scene) in desks.enumerated() {
      let height = heights[index]
      let y = layout.isNarrow ? top + height - 14 : top + height / 2
      for (number, name) in names[index].enumerated() {
        let down = 16 * Double(number)
        plot.addLabel(
          layout.isNarrow
            ? plot.text(name, 8, top + 14 + down)
            : plot.text(name, size.plotLeft - 12, y + 4.5 - 8 * Double(names[index].count - 1) + down, style: "e"))
      }
      // On a narrow page the figure stands over the row, and the line of 0 would cross the names.
      if layout.isNarrow { rule(from: y - 10, to: y + 10) }
      plot.addLabel(plot.text(figures[index], size.width - 8, layout.isNarrow ? top + 14 : y + 4.5, style: "e"))
      draw(scene, in: &plot, y: y)
      top += height
    }
    return plot.picture()
  }

  private func draw(_ scene: DeskScene, in plot: inout Plot, y: Double) {
    let desk = scene.desk
    func x(_ value: Double) -> Double { plot.point(value, 0).x }
    if let mean = desk.shortfall?.value, let tail = desk.shortfallTail?.value {
      plot.add(
        Markup("path", ["class": "m \(scene.series)", "d": PathData.line([Point(x(mean), y), Point(x(tail), y)])]))
      plot.add(
        Plot.marker(
          0, at: Point(x(tail), y), radius: 4, style: "h \(scene.series)",
          note: "\(scene.name), worst 5 %: \(text(desk.shortfallTail, .basisPoints))"))
    }
    if let low = desk.shortfall?.low, let high = desk.shortfall?.high {
      plot.add(Plot.whisker(from: Point(x(low), y), to: Point(x(high), y), cap: 6.5))
    }
    if let mean = desk.shortfall?.value {
      plot.add(
        Plot.marker(
          0, at: Point(x(mean), y), radius: 5, style: "f \(scene.series)",
          note: "\(scene.name): \(text(desk.shortfall, .basisPoints))"))
    }
  }

  private var axis: Axis {
    let ends = desks.flatMap { scene -> [Double] in
      let desk = scene.desk
      return [desk.shortfall?.low, desk.shortfall?.value, desk.shortfall?.high, desk.shortfallTail?.value].compactMap(
        \.self)
    }
    let (low, high) = (min(ends.min() ?? 0, 0), max(ends.max() ?? 0, 0))
    let room = max(0.04 * (high - low), 1e-3)
    let domain = low - (low < 0 ? room : 0)...high + room
    return Axis("shortfall, bps of what is to be traded", domain) { length in
      let ticks = NiceTicks.linear(domain, most: length < 260 ? 4 : 7)
      return ticks.values.map { Tick($0, Unit.decimal($0, decimals: ticks.decimals)) }
    }
  }
}
