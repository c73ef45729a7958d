import Lanes
import MarketData
import Markets
import Threads
import Trading

/// One path of every desk of a run, bar by bar and fill by fill: what other tools read who want the curve itself.
package struct PathLedger: Sendable {
  /// The path's number.
  package let path: Int64
  /// In the order of the desks' numbers.
  package let desks: [DeskLedger]

  /// What one desk did on the path.
  package struct DeskLedger: Sendable {
    /// `ScenarioSummary.name`.
    package let scenario: String
    /// θ.
    package let severity: Double
    /// The agent's name in the panel.
    package let agent: String
    /// The risk profile's name.
    package let risk: String
    /// Names of the assets, by which prices and quantities are ordered.
    package let assets: [String]
    /// From t = 0, before anything is traded, to the horizon.
    package let bars: [Bar]
    /// In the order of time.
    package let fills: [StepFill]
  }

  /// The account at a close.
  package struct Bar: Sendable {
    /// The step that has closed; −1 is t = 0.
    package let step: Int
    /// When it closed, ISO 8601: of recorded bars what the file says.
    package let time: String
    /// Quote currency; frozen after ruin, at the horizon net of closing out.
    package let equity: Double
    /// Not in positions, likewise; negative where it is borrowed.
    package let cash: Double
    /// Closes, by asset.
    package let prices: [Double]
    /// Signed units, by asset.
    package let quantities: [Double]
  }

  /// A fill with its step.
  package struct StepFill: Sendable {
    /// The step in which it filled.
    package let step: Int
    /// When that closed, as `Bar.time`.
    package let time: String
    /// What filled, at which price, and why.
    package let fill: PathFill
  }
}

extension PathLedger {
  /// Lives through the first path of a run again, in each of its markets.
  package init(_ plan: RunPlan) {
    let path = plan.paths.lowerBound
    let markets = plan.markets
    let names = plan.file.scenarios.map(\.name)
    let made = orderedMap(markets.count, threads: plan.settings.threads) { number in
      Replay(planned: markets[number], firstPath: path & ~7)
        .ledgers(of: path, scenario: names[markets[number].scenario])
    }
    self.path = path
    desks = Array(made.joined())
  }
}

extension Replay {
  /// What each desk of the market did on a path of the eight.
  fileprivate func ledgers(of path: Int64, scenario: String) -> [PathLedger.DeskLedger] {
    let panel = makePanel(planned.desks)
    for desk in panel.desks { desk.recordFills() }
    let description = planned.market.description
    let lane = Int(path & 7)
    var bars: [[PathLedger.Bar]] = panel.desks.map { _ in [] }
    var fills: [[PathLedger.StepFill]] = bars.map { _ in [] }
    func look(_ step: Int, _ time: String, prices: [Double]) {
      for (index, desk) in panel.desks.enumerated() {
        let quantities = prices.indices.map { desk.account.positions[$0].quantity[lane] }
        bars[index].append(
          PathLedger.Bar(
            step: step, time: time, equity: desk.equityRatio(group: 0)[lane] * planned.terms.startEquity,
            cash: desk.account.accounts[0].cash[lane], prices: prices, quantities: quantities))
      }
    }
    if description.clock.warmupSteps == 0 {
      live(
        panel, begin: { _ in look(-1, planned.market.time(ofStep: -1), prices: description.initialPrices) }, look: add)
    } else {
      live(panel, look: add)
    }
    func add(_ tile: MarketTile) {
      guard tile.step >= -1 else { return }
      let time = planned.market.time(ofStep: tile.step)
      look(tile.step, time, prices: tile.bars.map { $0.close[lane] })
      guard tile.step >= 0 else { return }
      for (index, desk) in panel.desks.enumerated() {
        fills[index] += desk.fills(path: lane).map { PathLedger.StepFill(step: tile.step, time: time, fill: $0) }
      }
    }
    return planned.desks.indices.map { index in
      PathLedger.DeskLedger(
        scenario: scenario, severity: planned.severity, agent: planned.desks[index].agentName,
        risk: planned.desks[index].riskName, assets: description.assets, bars: bars[index], fills: fills[index])
    }
  }
}
