import Agents
import CGSL
import Lanes
import MarketData
import Markets
import Statistics
import Testing
import Trading

/// Several positions in one account while events blend the correlations of what is held, against closed forms. Proportions
/// lie in a Clopper–Pearson interval of 99.9 %: a false alarm in 1,000 for each, with the seed fixed.
@Suite("Several positions while correlations break")
struct BrokenCorrelationTests {
  private func market(
    _ own: Double, _ events: [NamedEvent], volatilities: [Double], step: Double = 86_400, steps: Int,
    latency: Double = 0, substeps: Int = 1, severity: Double = 1
  ) throws -> Market {
    try Market(
      scenario: Scenario(
        title: "hedge", clock: try continuousClock(step: step, steps: steps, substeps: substeps),
        assets: ["A", "B"].map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
        movement: .processes(
          volatilities.map { GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed($0)) },
          GaussianDependence([AssetPair("A", "B"): own])), venue: freeVenue(latency: latency), events: events),
      severity: severity, seed: 2027)
  }

  private func event(_ goal: CorrelationGoal, blend: Double, name: String = "break") throws -> NamedEvent {
    NamedEvent(
      name,
      try CorrelationEvent(
        start: .fixed(0), window: EventWindow(plateau: .fixed(1e9)), blend: .fixed(blend), to: goal))
  }

  /// Holds so many times its equity in each asset, or against the second.
  private func hold(_ times: Double, against: Bool) -> BuyAndHold {
    BuyAndHold(leverage: times, weights: AssetWeights(["A": 1, "B": against ? -1 : 1]), rebalance: false, band: 0)
  }

  /// Prices move by 0.6 % over the horizon, and 20 times the equity is held on either side: equity is as good as Brownian
  /// motion, and ruin at 0.8 comes with probability 2Φ(−0.2/√V), V the variance of equity over the horizon. Planted mistake:
  /// the market's own correlations on the account's bridge.
  @Test(
    "a hedge is ruined as often as its variance under the blended correlation says",
    arguments: [
      (0.9, CorrelationGoal.zero, 1.0, 0.0), (0.9, .zero, 0.6, 0.36),
      (0.9, .pairs([AssetPair("A", "B"): -0.8]), 0.5, 0.05), (-0.2, .one, 0.75, 0.7),
    ])
  func hedge(own: Double, goal: CorrelationGoal, blend: Double, rho: Double) throws {
    let volatilities = [0.06, 0.04]
    let (step, steps) = (86_400.0, 4)
    let market = try market(
      own, [try event(goal, blend: blend)], volatilities: volatilities, step: step, steps: steps)
    let rows = outcomes(
      market, hold(20, against: true), ruin: RuinTerms(equityBelow: 0.8, monitored: .withinStep), paths: 65_536)
    let years = Double(steps) * step / (365 * 86_400)
    let (a, b) = (20 * volatilities[0], -20 * volatilities[1])
    let variance = (a * a + b * b + 2 * rho * a * b) * years
    let expected = 2 * gsl_cdf_ugaussian_P(-0.2 / variance.squareRoot())
    let share = Proportion(rows.count { $0[.ruinStep] >= 0 }, of: rows.count).clopperPearson(confidence: 0.999)
    #expect((share.low ?? 1) <= expected && expected <= (share.high ?? 0), "\(share) against \(expected)")
  }

  /// As `SeveralPositionsTests.stopsAndRuin`, whose planted mistakes make 18 to 23 basis points.
  @Test(
    "stops and ruin in one step make no profit and no loss while correlations break",
    arguments: [(0.2, CorrelationGoal.one, 0.5, false), (0.8, .zero, 0.7, true), (0.6, .one, 1, false)])
  func stopsAndRuin(own: Double, goal: CorrelationGoal, blend: Double, against: Bool) throws {
    let market = try market(own, [try event(goal, blend: blend)], volatilities: [0.5, 0.4], steps: 12)
    let rows = outcomes(
      market, hold(2, against: against), rules: [StopLoss(loss: 0.04)],
      ruin: RuinTerms(equityBelow: 0.85, monitored: .withinStep), paths: 131_072)
    let profits = rows.map { $0[.finalEquity] / 1000 - 1 }
    let mean = profits.reduce(0, +) / Double(profits.count)
    let variance = profits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(profits.count)
    let error = (variance / Double(profits.count)).squareRoot()
    #expect(abs(mean) < max(4 * error, 5e-4), "\(mean * 1e4) bp, z \(mean / error)")
  }

  /// The gate of no profit with an event that comes and goes, on steps with sub-steps and half of one of latency.
  @Test("agents that trade make no profit and no loss while correlations break", arguments: [0.5, 1, 5])
  func trading(theta: Double) throws {
    let stress = NamedEvent(
      "break",
      try CorrelationEvent(
        start: .between(0, 10 * 3600), window: EventWindow(rise: .fixed(3600), halfLife: .fixed(5 * 3600)),
        blend: .between(0.3, 1), to: .one, against: ["B"]))
    let market = try market(
      0.5, [stress], volatilities: [0.9, 0.7], step: 3600, steps: 24, latency: 1080, substeps: 4, severity: theta)
    let rows = outcomes(
      market, Momentum(fast: .steps(2), slow: .steps(6), leverage: 5, weights: .equal, short: true),
      rules: [StopLoss(loss: 0.02, coolDown: .steps(1))], ruin: RuinTerms(equityBelow: 0.8, monitored: .withinStep),
      paths: 65_536)
    let profits = rows.map { $0[.finalEquity] / 1000 - 1 }
    let mean = profits.reduce(0, +) / Double(profits.count)
    let variance = profits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(profits.count)
    let error = (variance / Double(profits.count)).squareRoot()
    #expect(abs(mean) < max(4 * error, 5e-4), "\(mean * 1e4) bp, z \(mean / error)")
  }
}
