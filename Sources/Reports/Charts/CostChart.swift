import Drawing
import Lab
import Statistics
import Trading

/// What trading cost the desk, term by term, calm times and event windows apart, in basis points of starting equity.
struct CostChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's cost.
  init(_ scene: DeskScene) { self.scene = scene }

  private var terms: [CostLine] { scene.desk.costSplit }

  var title: String {
    let cost = scene.desk.executionCostBps.text(.basisPoints, otherwise: "nothing was traded")
    guard scene.desk.executionCostBps.value != nil else { return "\(scene.name): \(cost)" }
    let forced =
      scene.desk.costWithForcedSalesBps.map { "\($0.text(.basisPoints)) of traded notional" } ?? "an unknown amount"
    let impact = scene.desk.impactShare.flatMap { $0.value == nil ? nil : ", \($0.text(.percent)) of it impact" } ?? ""
    return "\(scene.name): its own orders cost \(cost) of traded notional\(impact), with forced sales \(forced)"
  }
  var subtitle: String {
    let method = terms.first?.calm.intervalName ?? ""
    return "Bars: mean per path in basis points of starting equity; the cost of its own orders is half-spread, impact "
      + "and fees; the other terms stand beside it; \(method)"
  }
  var description: String { "Mean cost per path by term, in calm times and inside event windows." }
  var table: DataTable {
    DataTable(
      ["Term", "calm, bps of starting equity", "in event windows, bps of starting equity"],
      terms.map { term in
        [
          termText(term.term), term.calm.text(.basisPoints, otherwise: "none"),
          term.event.text(.basisPoints, otherwise: "none"),
        ]
      })
  }

  func draw(_ layout: Layout) -> Picture {
    let ends = terms.flatMap {
      [$0.calm.value, $0.calm.low, $0.calm.high, $0.event.value, $0.event.low, $0.event.high]
    }
    let rowHeight = layout.isNarrow ? 30.0 : 36.0
    let sized = layout.with(
      height: layout.top + layout.bottom + rowHeight * Double(max(terms.count, 1)) + 14, left: 110,
      right: layout.isNarrow ? 74 : 96)
    var plot = Plot(
      sized,
      x: Axis.around(ends.compactMap { $0 }, "mean cost per path, bps of starting equity", holdsZero: true).sparse,
      y: Axis("filled: in event windows; outlined: calm", 0...1) { _ in [] })
    var place = sized.plotTop + 4
    for (index, term) in terms.enumerated() {
      if index > 0 && terms[index - 1].term.isExecution && !term.term.isExecution {
        place += 6
        let rule = PathData.line([Point(6, place - 1), Point(sized.plotRight, place - 1)])
        plot.add(Markup("path", ["class": "g", "d": rule]))
        place += 4
      }
      plot.addLabel(plot.text(termText(term.term), sized.plotLeft - 8, place + rowHeight / 2 + 4, style: "e"))
      plot.bar(term.calm, top: place + 3, height: rowHeight / 2 - 5, style: "h \(scene.series)", name: "calm")
      plot.bar(
        term.event, top: place + rowHeight / 2, height: rowHeight / 2 - 5, style: "f \(scene.series)", name: "event")
      let sum = (term.calm.value ?? 0) + (term.event.value ?? 0)
      plot.addLabel(
        plot.text(
          Unit.decimal(sum, decimals: abs(sum) < 9.95 ? 2 : abs(sum) < 99.5 ? 1 : 0), sized.plotRight + 8,
          place + rowHeight / 2 + 4))
      place += rowHeight
    }
    plot.addLabel(plot.text("sum, bps", sized.plotRight + 8, sized.plotTop - 17, style: "t"))
    let zero = plot.point(0, 0).x
    plot.addLabel(
      Markup("path", ["class": "z", "d": PathData.line([Point(zero, sized.plotTop), Point(zero, sized.plotBottom)])]))
    return plot.picture()
  }
}

extension Plot {
  /// A horizontal bar from zero to an estimate, with its interval as a line through its middle.
  mutating func bar(_ estimate: Estimate, top: Double, height: Double, style: String, name: String) {
    guard let value = estimate.value, value.isFinite else { return }
    let zero = point(0, 0).x, end = point(value, 0).x
    add(
      rectangle(
        min(zero, end), top, max(abs(end - zero), 0.5), height, style: style,
        note: "\(name): \(estimate.text(.basisPoints)) of starting equity"))
    guard let low = estimate.low, let high = estimate.high else { return }
    let middle = top + height / 2
    let ends = [Point(point(low, 0).x, middle), Point(point(high, 0).x, middle)]
    guard abs(ends[1].x - ends[0].x) > 1 else { return }
    add(Markup("path", ["class": "q2", "d": PathData.line(ends)]))
  }
}
