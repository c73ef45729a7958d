import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// A market of one asset at 100 whose steps are an hour, on straight lines from bar to bar.
func hourlyTape(
  _ bars: [(open: Double, close: Double)], _ event: (any MarketEvent)? = nil, severity: Double = 1,
  venue: VenueTerms = freeVenue(), halfSpreadBps: Double = 0
) throws -> Market {
  let scenario = Scenario(
    title: "tape", clock: try continuousClock(step: 3600, steps: bars.count, substeps: 1),
    assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: halfSpreadBps))],
    movement: .processes([Tape(bars: bars, from: 100)], GaussianDependence()), venue: venue,
    events: event.map { [NamedEvent("e", $0)] } ?? [])
  return try Market(scenario: scenario, severity: severity, seed: 1)
}

let flatBars = Array(repeating: (open: 100.0, close: 100.0), count: 10)
let oneHour = 3600.0

/// What became of one path: its outcome, its fills by step, equity at closes.
struct PathStory {
  let row: OutcomeRow
  let fills: [(step: Int, fill: PathFill)]
  let equity: [Double]

  init(_ market: Market, _ agent: any Agent, rules: [any RiskRule] = [], ruin: RuinTerms = RuinTerms()) {
    var fills: [(Int, PathFill)] = []
    var equity: [Double] = []
    row =
      outcomes(market, agent, rules: rules, ruin: ruin, paths: 1, groups: 1) { tile, desk in
        fills += desk.fills(path: 0).map { (tile.step, $0) }
        equity.append(desk.equityRatio(group: 0)[0] * 1000)
      }[0]
    self.fills = fills.filter { $0.1.reason != .closeOut }
    self.equity = equity
  }

  /// A cost, whenever it arose.
  subscript(term: CostTerm) -> Double { CostWindow.allCases.reduce(0) { $0 + row[term, $1] } }
}

/// Asks for the weight once, at the close of step 0, by a market order.
func askOnce(_ weight: Double) -> Asking { Asking(asks: [(weight, .market)]) }
