import Lab

/// The path that ended worst for the desk: the price with the trades on it, and the equity under it.
package struct WorstPathChart: Chart {
  private let scene: DeskScene
  private let trace: Trace

  /// The chart of a desk's worst path; nil where none was kept.
  package init?(_ scene: DeskScene) {
    guard let trace = scene.desk.worstPath, trace.seconds.count > 1 else { return nil }
    self.scene = scene
    self.trace = trace
  }

  /// The assets that were traded or held, or all of them when none was.
  private var assets: [AssetSeries] {
    let traded = trace.prices.filter { series in trace.trades.contains { $0.asset == series.asset } }
    return traded.isEmpty ? trace.prices : traded
  }

  package var title: String {
    let end = trace.equity.last.map { Unit.percent.text($0, resolution: 0.01) } ?? "nothing"
    return "\(scene.name): path \(trace.path) ends with \(end) of its equity after "
      + "\(Unit.decimal(Double(trace.trades.count), decimals: 0)) trades"
  }
  package var subtitle: String {
    "The worst of \(Unit.decimal(Double(scene.desk.survival.n), decimals: 0)) paths, simulated again; ▲ bought, ▼ sold, "
      + "◆ forced; trades that would cover each other are drawn as one"
  }
  package var description: String { "\(trace.text)" }
  package var table: DataTable {
    let unit = scene.scenario.clock.unit
    let shown = trace.trades.count > 60 ? DataTable.thinned(trace.trades.count, most: 60) : Array(trace.trades.indices)
    return DataTable(
      ["Trading time", "asset", "quantity", "price", "mid when decided", "why"],
      shown.map { index in
        let trade = trace.trades[index]
        return [
          unit.text(trade.seconds), trade.asset,
          Unit.number.text(trade.quantity, resolution: abs(trade.quantity) / 200),
          Unit.number.text(trade.price, resolution: 0.006),
          Unit.number.text(trade.midAtDecision, resolution: 0.006), WorstPathChart.reason(trade.reason),
        ]
      })
  }

  /// Why a trade was made, as the report writes it.
  static func reason(_ reason: String) -> String {
    switch reason {
    case "order": "the agent's order"
    case "closeOut": "closed at the end"
    case "stop": "stop"
    case "liquidation": "liquidation by the venue"
    default: reason
    }
  }

  package func draw(_ layout: Layout) -> Drawing {
    let tall = layout.with(height: layout.isNarrow ? 400 : 470)
    let split = layout.isNarrow ? 215.0 : 250.0
    let clock = scene.scenario.clock
    let time = Axis.time("", 0...clock.horizonSeconds, session: clock.sessionSeconds)
    let relative = assets.map { series in series.values.map { $0 / (series.values.first ?? 1) } }
    var price = Plot(
      tall.with(bottom: tall.height - split), x: Axis("", time.domain) { _ in [] },
      y: .around(relative.flatMap { $0 }, "price, % of start", unit: .percent))
    for (index, marker) in trace.markers.sorted(by: { $0.seconds < $1.seconds }).enumerated() where index < 6 {
      price.rule(at: marker.seconds, marker.label)
    }
    for (index, values) in relative.enumerated() {
      price.line(trace.seconds, values, style: index == 0 ? "n s0" : "n s0 d")
      if let last = values.last {
        price.endLabel(assets[index].asset, at: last, series: "s0", isDashed: index > 0)
      }
    }
    for (index, series) in assets.enumerated() { addTrades(of: series, relative[index], to: &price) }
    var equity = Plot(
      tall.with(top: split + 34), x: .time("trading time since the start", time.domain, session: clock.sessionSeconds),
      y: .around(trace.equity + [1], "equity, % of start", unit: .percent))
    for marker in trace.markers.prefix(6) { equity.rule(at: marker.seconds, "") }
    equity.threshold(scene.summary.ruin.equityBelow, "ruin")
    equity.line(trace.seconds, trace.equity, style: "m \(scene.series)")
    if let last = trace.equity.last {
      equity.endLabel(Unit.percent.text(last, resolution: 0.01), at: last, series: scene.series)
    }
    return Drawing(tall, price.drawing().marks + equity.drawing().marks)
  }

  /// Marks for the trades in an asset; trades of one side within 8 user units are drawn as one.
  private func addTrades(of series: AssetSeries, _ relative: [Double], to plot: inout Plot) {
    var lastPlaces: [String: Double] = [:]
    for trade in trace.trades where trade.asset == series.asset {
      let isForced = trade.reason == "stop" || trade.reason == "liquidation"
      let kind = isForced ? "forced" : trade.quantity > 0 ? "bought" : "sold"
      guard let first = series.values.first, first > 0 else { continue }
      let place = plot.point(trade.seconds, trade.price / first)
      if let last = lastPlaces[kind], abs(place.x - last) < 8 { continue }
      lastPlaces[kind] = place.x
      let size = 5.0
      let points =
        isForced
        ? [
          Point(place.x, place.y - size - 1), Point(place.x + size, place.y), Point(place.x, place.y + size + 1),
          Point(place.x - size, place.y),
        ]
        : [
          Point(place.x, place.y + (trade.quantity > 0 ? -size : size)),
          Point(place.x + size, place.y + (trade.quantity > 0 ? size : -size)),
          Point(place.x - size, place.y + (trade.quantity > 0 ? size : -size)),
        ]
      let style = trade.quantity > 0 ? "h" : "f"
      let note =
        "\(kind) \(Unit.number.text(abs(trade.quantity))) \(trade.asset) at \(Unit.number.text(trade.price, resolution: 0.006)): "
        + WorstPathChart.reason(trade.reason)
      plot.addLabel(
        Markup("path", ["class": "\(style) \(scene.series)", "d": PathData.line(points) + "z"]).noted(note))
    }
  }
}
