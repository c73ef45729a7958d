import Agents
import Lanes
import Markets
import Trading

/// Many paths of who buys an asset at t = 0 and holds it, in a market that a known case states.
struct HolderRun: Sendable {
  let scenario: Scenario
  /// Gross, of equity.
  let leverage: Double
  let startEquity: Double
  let ruin: RuinTerms

  /// Paths of a known case.
  static let paths = 8192

  /// An outcome for each path.
  ///
  /// - Throws: nothing for a scenario that a known case states, whatever the seed.
  func outcomes(seed: UInt64) throws -> [OutcomeRow] {
    let market = try Market(scenario: scenario, seed: seed)
    let holder = BuyAndHold(leverage: leverage, weights: .equal, rebalance: false, band: 0)
    let groups = 32
    let tile = market.makeTile(groups: groups)
    let panel = PanelTile(
      [Desk(index: 0, agentName: "holder", agent: holder, riskName: "none", rules: [])], market: market.description,
      terms: DeskTerms(startEquity: startEquity, ruin: ruin, recoveryClock: .drawdown), groups: groups)
    var rows: [OutcomeRow] = []
    for first in stride(from: 0, to: Self.paths, by: groups * Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      for _ in 0..<scenario.clock.steps {
        tile.advance()
        panel.advance(tile)
      }
      rows += (0..<groups * Lanes.count).map { panel.desks[0].outcome(path: $0, number: Int64(first + $0)) }
    }
    return rows
  }
}
