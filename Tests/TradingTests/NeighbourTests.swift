import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// Asks for orders that wait on some paths only: for a weight that follows from a path's own price, by a limit or a stop a
/// little away from it.
private struct Waiting: Agent {
  func makeSeat(_ site: DeskSite) -> any Seat { WaitingSeat() }
}

private final class WaitingSeat: Seat {
  private var closes: ContiguousArray<Lanes> = []
  private var groups = 0

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    closes = ContiguousArray(market.bars.map(\.close))
    groups = market.groups
    for index in decisions.indices {
      let price = closes[index]
      let isHigh = price .> 106
      let isLow = price .< 94
      // Between the two the agent waits for nothing.
      decisions[index] = Decision(
        weight: select(isHigh, Lanes(-2), Lanes(2.5)), acts: isHigh | isLow | (market.step < 2 ? .all : .none))
    }
  }

  var worksOrders: Bool { true }

  func terms(asset: Int, group: Int) -> OrderTerms {
    let price = closes[asset * groups + group]
    return asset == 0 ? .limit(at: price * 0.999) : .stop(at: price * 1.001)
  }
}

@Suite("A path and its neighbours in a vector")
struct NeighbourTests {
  private func numbers(_ row: OutcomeRow) -> [Double] {
    let facts: [OutcomeFact] = [
      .cause, .ruinStep, .drawdown20Step, .drawdown30Step, .minimumEquity, .finalEquity, .maximumDrawdown,
      .timeUnderWater, .orders, .shortfall,
    ]
    return facts.map { row[$0] }
  }

  /// Paths 3 … 98 from tiles that begin at path 0 and at path 3: other neighbours in each vector of eight. Found with it:
  /// the bridge of several positions leaned on the assets' extremes wherever any neighbour had an order waiting.
  @Test("a path's outcome is the same whoever shares its vector", arguments: [60.0, 3600, 86_400])
  func neighbours(step: Double) throws {
    let names = ["A", "B"]
    let volatility = 0.02 * (365 * 86_400 / step).squareRoot()
    let scenario = Scenario(
      title: "diffusion", clock: try continuousClock(step: step, steps: 40),
      assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity(halfSpreadBps: 2)) },
      movement: .processes(
        names.map { _ in GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(volatility)) },
        GaussianDependence([AssetPair("A", "B"): 0.6])),
      venue: freeVenue(initialMargin: 0.1, maintenanceMargin: 0.1, latency: 0.3 * step))
    let market = try Market(scenario: scenario, seed: 5)
    let agents: [any Agent] = [
      Waiting(), Momentum(fast: .steps(2), slow: .steps(6), leverage: 5, weights: .equal, short: true),
    ]
    let rules: [[any RiskRule]] = [[], [StopLoss(loss: 0.12, coolDown: .steps(1))]]
    for agent in agents {
      for rules in rules {
        func rows(firstPath: UInt64, _ paths: Range<Int>) -> [OutcomeRow] {
          let tile = market.makeTile(groups: 13)
          let panel = PanelTile(
            [Desk(index: 0, agentName: "agent", agent: agent, riskName: "risk", rules: rules)],
            market: market.description,
            terms: DeskTerms(
              startEquity: 1000, ruin: RuinTerms(equityBelow: 0.6, monitored: .withinStep), recoveryClock: .drawdown),
            groups: 13)
          tile.reset(firstPath: firstPath)
          panel.reset(tile)
          for _ in 0..<40 {
            tile.advance()
            panel.advance(tile)
          }
          return paths.map { panel.desks[0].outcome(path: $0 - Int(firstPath), number: Int64($0)) }
        }
        let (aligned, shifted) = (rows(firstPath: 0, 3..<99), rows(firstPath: 3, 3..<99))
        #expect(aligned.contains { $0[.ruinStep] >= 0 } && aligned.contains { $0[.ruinStep] < 0 })
        for (path, pair) in zip(aligned, shifted).enumerated() {
          #expect(numbers(pair.0) == numbers(pair.1), "path \(3 + path)")
        }
      }
    }
  }
}
