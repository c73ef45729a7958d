import Documents
import Drawing
import MarketData

/// The bars of a monitor with what the agent did on paper: price with trades, position, and equity.
struct PaperChart: Chart {
  /// What is drawn.
  enum Quantity: CaseIterable { case price, position, equity }

  private let quantity: Quantity
  private let paper: PaperReplay
  /// When each step ended, in seconds since 1970.
  private let times: [Double]

  /// A chart; nil where there is too little to draw.
  init?(_ quantity: Quantity, _ paper: PaperReplay) {
    let times = paper.steps.map { step in Timestamp.milliseconds(step.time).map { Double($0) / 1000 } }
    guard paper.steps.count > 1, !times.contains(nil) else { return nil }
    (self.quantity, self.paper, self.times) = (quantity, paper, times.compactMap(\.self))
  }

  private var values: [Double] {
    paper.steps.map { step in
      switch quantity {
      case .price: step.close
      case .position: step.exposure
      case .equity: step.equityRatio * 100
      }
    }
  }

  var title: String {
    let last = paper.last
    switch quantity {
    case .price:
      let trades = paper.steps.count { $0.traded != 0 }
      return "\(paper.asset) stands at \(figure(last.close)); \(trades) bars with trades on paper"
    case .position:
      return last.quantity == 0
        ? "It holds nothing now"
        : "It holds \(figure(last.quantity)) units now, \(figure(last.exposure)) times its equity"
    case .equity: return "It would have \(figure(last.equityRatio * 100))\u{A0}% of its start, once all is closed"
    }
  }
  var subtitle: String {
    let bars = "On paper, \(paper.steps.count - 1) bars from flat"
    switch quantity {
    case .price: return "\(bars); triangles: bought (up), sold (down), from a tenth of the largest trade on"
    case .position: return "\(bars); value of the position over equity, short is negative"
    case .equity: return "\(bars); all costs are in it, those of closing at the last bar too"
    }
  }
  var description: String {
    switch quantity {
    case .price: "Price of \(paper.asset) by bar, with the trades on paper."
    case .position: "Position on paper by bar, over equity."
    case .equity: "Equity on paper by bar, in per cent of its start."
    }
  }
  private var axisTitle: String {
    switch quantity {
    case .price: "price"
    case .position: "position over equity"
    case .equity: "equity, % of start"
    }
  }

  var table: DataTable {
    DataTable(
      ["Time (UTC)", axisTitle, "units bought or sold"],
      zip(paper.steps, values).suffix(100).map { [$0.time, figure($1), figure($0.traded)] })
  }

  func draw(_ layout: Layout) -> Picture {
    let y = Axis.around(values, axisTitle, holdsZero: quantity == .position) { value, step in
      JSONWriter.number(step > 0 ? (value / step * 2).rounded() / 2 * step.rounded(toDigits: 3) : value)
    }
    var plot = Plot(layout, x: dates(layout), y: y)
    switch quantity {
    case .price:
      plot.line(times, values, style: "m s0")
      let least = paper.steps.map { abs($0.traded) }.max().map { $0 / 10 } ?? 0
      for (step, time) in zip(paper.steps, times) where step.traded != 0 && abs(step.traded) >= least {
        let isBuy = step.traded > 0
        plot.add(
          Plot.marker(
            isBuy ? 3 : 4, at: plot.point(time, step.close), radius: 4, style: isBuy ? "f s1" : "h s1",
            note: "\(step.time): \(isBuy ? "bought" : "sold") \(figure(abs(step.traded)))"))
      }
    case .position:
      plot.level(0)
      plot.steps(times, values, until: times[times.count - 1], style: "m s1")
    case .equity:
      plot.level(100)
      plot.line(times, values, style: "m s1")
    }
    return plot.picture()
  }

  /// Times as dates, or as hours and minutes where the window is short.
  private func dates(_ layout: Layout) -> Axis {
    let (first, last) = (times[0], max(times[times.count - 1], times[0] + 1))
    let isLong = last - first > 3 * 86_400
    let count = layout.isNarrow ? 3 : 6
    return Axis("", first...last) { _ in
      (0..<count).map { index in
        let time = first + (last - first) * Double(index) / Double(count)
        let text = Timestamp.text(milliseconds: Int64(time) * 1000)
        return Tick(time, isLong ? String(text.prefix(10).dropFirst(5)) : String(text.dropFirst(11).prefix(5)))
      }
    }
  }

  private func figure(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 6)) }
}
