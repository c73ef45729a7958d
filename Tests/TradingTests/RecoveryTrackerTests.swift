import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// The recovery of an unlevered holder whose equity follows a tape of closes, clock by the first drawdown of 5 %.
private func recover(_ closes: [Double], ruinBelow: Double = 0.1) throws -> OutcomeRow {
  let scenario = Scenario(
    title: "tape", clock: try continuousClock(step: 60, steps: closes.count),
    assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
    movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
  let market = try Market(scenario: scenario, seed: 1)
  return outcomes(
    market, BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
    ruin: RuinTerms(equityBelow: ruinBelow), paths: 1, groups: 1)[0]
}

@Suite("Recovery")
struct RecoveryTrackerTests {
  /// A tape with what must come of it, for the levels 0.95 and 1.
  struct Case: Sendable {
    let name: String
    let closes: [Double]
    let state95: RecoveryState
    let state100: RecoveryState
    let impaired95: Double
    let recovered95: Double
    let impaired100: Double
    let recovered100: Double
  }

  /// Planted mistake: impaired anew at each close under the level.
  @Test(
    "runs from the first close under the level to the first close back at it",
    arguments: [
      Case(
        name: "never falls", closes: [100, 101, 102], state95: .unimpaired, state100: .unimpaired, impaired95: -1,
        recovered95: -1, impaired100: -1, recovered100: -1),
      Case(
        name: "falls to 94.5 only: under 0.99, not under 0.94", closes: [100, 94.5, 96, 100.1], state95: .unimpaired,
        state100: .recovered, impaired95: -1, recovered95: -1, impaired100: 1, recovered100: 3),
      Case(
        name: "falls, makes a new low, comes back in part", closes: [100, 90, 80, 96, 99], state95: .recovered,
        state100: .unresolved, impaired95: 1, recovered95: 3, impaired100: 1, recovered100: -1),
      Case(
        name: "measures from the running peak", closes: [120, 112, 113, 114.1, 120.1], state95: .recovered,
        state100: .recovered, impaired95: 1, recovered95: 3, impaired100: 1, recovered100: 4),
      Case(
        name: "stays down", closes: [100, 80, 80], state95: .unresolved, state100: .unresolved, impaired95: 1,
        recovered95: -1, impaired100: 1, recovered100: -1),
      Case(
        name: "is ruined in the impairing step", closes: [100, 5, 100], state95: .ruined, state100: .ruined,
        impaired95: -1, recovered95: -1, impaired100: -1, recovered100: -1),
    ])
  func states(_ example: Case) throws {
    let row = try recover(example.closes)
    #expect(row.recoveryState(.state95) == example.state95, "\(example.name)")
    #expect(row.recoveryState(.state100) == example.state100, "\(example.name)")
    #expect(row[.impairedStep95] == example.impaired95, "\(example.name)")
    #expect(row[.recoveryStep95] == example.recovered95, "\(example.name)")
    #expect(row[.impairedStep100] == example.impaired100, "\(example.name)")
    #expect(row[.recoveryStep100] == example.recovered100, "\(example.name)")
    let isOpen = row.recoveryState(.state95) == .unresolved
    #expect(row[.censorStep95] == (isOpen ? Double(example.closes.count - 1) : -1), "\(example.name)")
  }

  @Test("counts a ruin after recovery in survival only")
  func ruinAfterRecovery() throws {
    let row = try recover([100, 90, 100, 5])
    #expect(row.recoveryState(.state95) == .recovered)
    #expect(row.cause == .equityBelow)
  }
}
