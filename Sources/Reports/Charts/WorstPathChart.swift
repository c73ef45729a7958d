import Drawing
import Lab
import Statistics
import Trading

/// The path that ended worst for the desk: the price with the trades on it, and the equity under it.
struct WorstPathChart: Chart {
  private let scene: DeskScene
  private let trace: Trace
  /// The assets that were traded or held, or all of them when none was.
  private let assets: [AssetSeries]
  /// Where trading in these stood still.
  private let halts: [HaltSpan]

  /// The chart of a desk's worst path; nil where none was kept.
  init?(_ scene: DeskScene) {
    guard let trace = scene.desk.worstPath, trace.seconds.count > 1 else { return nil }
    self.scene = scene
    self.trace = trace
    let names = Set(trace.trades.map(\.asset))
    let traded = trace.prices.filter { names.contains($0.asset) }
    assets = traded.isEmpty ? trace.prices : traded
    let shown = Set(assets.map(\.asset))
    halts = (trace.halts ?? []).filter { shown.contains($0.asset) }
  }

  var title: String {
    let end = trace.equity.last.map(EquityWords.with) ?? "nothing"
    let trades = trace.trades.count
    return "\(scene.name): path \(trace.path) ends with \(end) after \(Unit.decimal(Double(trades), decimals: 0)) "
      + "trade\(trades == 1 ? "" : "s")"
  }
  var subtitle: String {
    let marks =
      hasStrip
      ? "bars: value bought and sold, square-root scale; ◆ forced"
      : "▲ bought, ▼ sold, ◆ forced; marks that would cover each other are one"
    let n = scene.desk.survival.n
    let paths = n == 1 ? "The only path" : "The worst of \(Unit.decimal(Double(n), decimals: 0)) paths"
    let hatched = halts.isEmpty ? "" : "; hatched: trading halted"
    return "\(paths), simulated again; \(marks)\(hatched)"
  }
  var description: String { "\(trace.text)" }
  var table: DataTable {
    let unit = scene.scenario.clock.unit
    let shown = trace.trades.count > 30 ? DataTable.thinned(trace.trades.count, most: 30) : Array(trace.trades.indices)
    return DataTable(
      ["Trading time", "asset", "quantity", "price", "judged by", "why"],
      shown.map { index in
        let trade = trace.trades[index]
        return [
          unit.text(trade.seconds), trade.asset,
          Unit.quantity(trade.quantity),
          Unit.price(trade.price),
          Unit.price(trade.midAtDecision), WorstPathChart.reason(trade.reason),
        ]
      })
  }

  private func note(_ halt: HaltSpan) -> String {
    let unit = scene.scenario.clock.unit
    return "\(halt.asset) halted from \(unit.text(halt.from)) to \(unit.text(halt.to))"
  }

  /// What tells the lines of several assets apart.
  private static let dashes = ["", "d", "d2", "d3"]

  /// Why a trade was made, as the report writes it.
  static func reason(_ reason: Fill.Reason) -> String {
    switch reason {
    case .order: "the agent’s order"
    case .closeOut: "closed at the end"
    case .stop: "stop"
    case .liquidation: "closed by force"
    case .recall: "recalled"
    }
  }

  /// Whether so many trades were made that marks would cover each other: then a strip shows what was bought and sold.
  private var hasStrip: Bool { trace.trades.lazy.filter { !WorstPathChart.isForced($0) }.prefix(61).count > 60 }

  /// Whether a trade was not the agent's own.
  static func isForced(_ trade: Trade) -> Bool { trade.reason == .stop || trade.reason.isForced }

  func draw(_ layout: Layout) -> Picture {
    let strip = hasStrip ? 56.0 : 0
    let tall = layout.with(height: (layout.isNarrow ? 400 : 470) + strip)
    let split = layout.isNarrow ? 215.0 : 250.0
    let clock = scene.scenario.clock
    let time = Axis.time("", 0...clock.horizonSeconds, clock)
    let relative = assets.map { series in series.values.map { $0 / (series.values.first ?? 1) } }
    let fills = trace.trades.compactMap { trade in
      assets.first { $0.asset == trade.asset }?.values.first.map { trade.price / $0 }
    }
    var price = Plot(
      tall.with(bottom: tall.height - split), x: Axis("", time.domain) { _ in [] },
      y: .around(relative.flatMap { $0 } + fills, "price, % of start", unit: .percent, headroom: 0.12))
    for halt in halts { price.hatched(halt.from, halt.to, note: note(halt)) }
    for marker in trace.markers.sorted(by: { $0.seconds < $1.seconds }).prefix(6) {
      price.rule(at: marker.seconds, TextWidth.shortened(marker.label, size: 13, width: 180))
    }
    for (index, values) in relative.enumerated() {
      price.line(
        trace.seconds, values,
        style: WorstPathChart.dashes[index % 4].isEmpty ? "n s0" : "n s0 \(WorstPathChart.dashes[index % 4])")
      if let last = values.last {
        let name = TextWidth.shortened(assets[index].asset, size: 13, width: tall.right - 24)
        price.endLabel(name, at: last, series: "s0", dash: WorstPathChart.dashes[index % 4])
      }
    }
    for series in assets { addTrades(of: series, to: &price) }
    var equity = Plot(
      tall.with(top: split + strip + 34),
      x: .time("trading time since the start", time.domain, clock),
      y: .around(trace.equity + [1], "equity, % of start", unit: .percent))
    for halt in halts { equity.hatched(halt.from, halt.to, note: note(halt)) }
    for marker in trace.markers.prefix(6) { equity.rule(at: marker.seconds, "") }
    equity.threshold(scene.summary.ruin.equityBelow, "ruin")
    equity.line(trace.seconds, trace.equity, style: "m \(scene.series)")
    if let last = trace.equity.last {
      equity.endLabel(Unit.percent.text(last, resolution: 0.01), at: last, series: scene.series)
    }
    if hasStrip {
      let orders = trace.trades.filter { !WorstPathChart.isForced($0) }
      equity.tradeStrip(orders, top: split + 10, height: strip - 16, series: scene.series)
    }
    return Picture(tall, price.picture().marks + equity.picture().marks)
  }

  /// Marks for the trades in an asset, or for the forced ones alone where a strip shows the others; trades of one side
  /// within 8 user units are drawn as one.
  private func addTrades(of series: AssetSeries, to plot: inout Plot) {
    guard let first = series.values.first, first > 0 else { return }
    var lastPlaces: [String: Double] = [:]
    let hasStrip = hasStrip
    for trade in trace.trades where trade.asset == series.asset {
      let isForced = WorstPathChart.isForced(trade)
      if hasStrip && !isForced { continue }
      let kind = isForced ? "forced" : trade.quantity > 0 ? "bought" : "sold"
      let place = plot.point(trade.seconds, trade.price / first)
      if let last = lastPlaces[kind], abs(place.x - last) < 8 { continue }
      lastPlaces[kind] = place.x
      let up = trade.quantity > 0 ? -5.0 : 5.0
      let corners: [(Double, Double)] =
        isForced ? [(0, -6), (5, 0), (0, 6), (-5, 0)] : [(0, up), (5, -up), (-5, -up)]
      let points = corners.map { Point(place.x + $0.0, place.y + $0.1) }
      let note =
        "\(kind) \(Unit.quantity(abs(trade.quantity))) \(trade.asset) at "
        + "\(Unit.price(trade.price)): \(WorstPathChart.reason(trade.reason))"
      let style = "\(trade.quantity > 0 ? "h" : "f") \(scene.series)"
      plot.addLabel(Markup("path", ["class": style, "d": PathData.line(points) + "z"]).noted(note))
    }
  }
}
