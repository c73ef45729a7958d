import Documents
import Lab

/// One path of every desk as two flat tables of comma-separated values.
struct LedgerTables {
  private let ledger: PathLedger
  /// Names of all assets of all markets, in the order in which they come.
  private let assets: [String]

  init(_ ledger: PathLedger) {
    self.ledger = ledger
    var assets: [String] = []
    for name in ledger.desks.flatMap(\.assets) where !assets.contains(name) { assets.append(name) }
    self.assets = assets
  }

  private static let desk = ["scenario", "severity", "agent", "risk", "path", "step", "time"]

  private func cells(_ desk: PathLedger.DeskLedger, _ step: Int, _ time: String) -> [String] {
    [desk.scenario, JSONWriter.number(desk.severity), desk.agent, desk.risk, "\(ledger.path)", "\(step)", time]
  }

  /// A row for each bar: equity, cash, then price and quantity of each asset; step −1 is t = 0.
  var equity: String {
    let header = Self.desk + ["equity", "cash"] + assets.flatMap { ["price \($0)", "quantity \($0)"] }
    let rows = ledger.desks.flatMap { desk in
      let places = assets.map { desk.assets.firstIndex(of: $0) }
      return desk.bars.map { bar in
        cells(desk, bar.step, bar.time) + [bar.equity, bar.cash].map(JSONWriter.number)
          + places.flatMap { place in
            place.map { [bar.prices[$0], bar.quantities[$0]].map(JSONWriter.number) } ?? ["", ""]
          }
      }
    }
    return CSVText.lines([header] + rows)
  }

  /// A row for each fill, costs in the quote currency.
  var trades: String {
    let header =
      Self.desk + ["asset", "quantity", "price", "mid", "midAtDecision", "halfSpread", "impact", "fee", "reason"]
    let rows = ledger.desks.flatMap { desk in
      desk.fills.map { step in
        let fill = step.fill
        return cells(desk, step.step, step.time) + [desk.assets[fill.asset]]
          + [fill.quantity, fill.price, fill.mid, fill.decisionPrice, fill.halfSpread, fill.impact, fill.fee]
          .map(JSONWriter.number) + [fill.reason.rawValue]
      }
    }
    return CSVText.lines([header] + rows)
  }
}
