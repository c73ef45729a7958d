import Agents
import Documents
import Lab
import Markets
import Trading

/// What the agents of all windows made of the bars that none of them had seen, window behind window.
///
/// Each window's account begins anew, in cash, with the equity of the training, and is closed out at its end; the curve strings
/// their returns together. Events are left out: the bars are run as they were recorded. Beside it stands what holding made of the
/// same bars: equal weights of the agent's assets, bought at the beginning of each test without leverage and closed out at its
/// end, without rules.
package struct OutOfSampleCurve: Sendable, Hashable {
  /// Equity at a close.
  package struct Bar: Sendable, Hashable {
    /// When it closed, as recorded.
    package let time: String
    /// Quote currency.
    package let equity: Double
    /// The number of the window.
    package let window: Int
    /// Equity of holding.
    package let holding: Double
  }

  /// From the close before the first judged bar on.
  package private(set) var bars: [Bar] = []
  /// Equity over that at its start at the end of each window.
  package private(set) var growth: [Double] = []

  /// Nothing yet.
  init() {}

  /// Lets an agent trade the test of its window.
  ///
  /// - Throws: what a scenario says against its market; nothing where the file was checked.
  mutating func add(_ window: TrainingWindow, _ agent: SavedAgent, seed: Int) throws(FormViolation) {
    let plan = window.train.plan
    let number = window.window.number
    let market = try Market(scenario: window.test.scenario, severity: 0, seed: UInt64(seed), namespace: .report)
    let planned = PlannedEpisode(market, plan, probability: 1)
    let equal = AssetWeights(
      Dictionary(uniqueKeysWithValues: agent.assets.map { ($0, 1 / Double(agent.assets.count)) }))
    let hold = BuyAndHold(leverage: 1, weights: equal, rebalance: false, band: 0)
    let desks = [
      Desk(
        index: 0, agentName: "learner", agent: PolicyAgent(folder: "", agent), riskName: "", rules: plan.rules.values),
      Desk(index: 1, agentName: "hold", agent: hold, riskName: "", rules: []),
    ]
    let tile = market.makeTile(groups: 1)
    let panel = PanelTile(desks, market: market.description, terms: planned.terms, groups: 1)
    if bars.isEmpty {
      let start = planned.terms.startEquity
      bars.append(Bar(time: market.time(ofStep: -1), equity: start, window: number, holding: start))
    }
    guard let start = bars.last else { return }
    tile.reset(firstPath: 0)
    panel.reset(tile)
    for _ in 0..<market.description.clock.warmupSteps + market.description.clock.steps {
      tile.advance()
      panel.advance(tile)
      guard tile.step >= 0 else { continue }
      func equity(_ desk: Int, from start: Double) -> Double {
        // Who has nothing left has nothing to go on with.
        start > 0 ? start * panel.desks[desk].equityRatio(group: 0)[0] : start
      }
      bars.append(
        Bar(
          time: market.time(ofStep: tile.step), equity: equity(0, from: start.equity), window: number,
          holding: equity(1, from: start.holding)))
    }
    growth.append(panel.desks[0].equityRatio(group: 0)[0])
  }

  /// Simple returns from close to close; 0 from an equity at or under 0, and where it moves by the last digits alone.
  package var returns: [Double] { returns(\.equity) }

  /// Those of holding.
  package var holdingReturns: [Double] { returns(\.holding) }

  private func returns(_ equity: KeyPath<Bar, Double>) -> [Double] {
    zip(bars.dropFirst(), bars).map { close, before in
      let change = close[keyPath: equity] / before[keyPath: equity] - 1
      return before[keyPath: equity] > 0 && abs(change) > 1e-12 ? change : 0
    }
  }

  /// `equity.csv`: a row a bar.
  package var csv: String {
    let rows = bars.map {
      "\($0.time),\(JSONWriter.number($0.equity)),\($0.window),\(JSONWriter.number($0.holding))"
    }
    return (["time,equity,window,holding"] + rows).joined(separator: "\n") + "\n"
  }
}
