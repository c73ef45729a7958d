import Agents
import CGSL
import Lanes
import MarketData
import Markets
import Statistics
import Testing
import Trading

/// P(a Brownian motion with drift falls to b < 0 by T): Φ((b − νT)/s√T) + e^{2νb/s²}Φ((b + νT)/s√T).
/// Source: Karatzas & Shreve, Brownian Motion and Stochastic Calculus, (3.5.12), by Girsanov.
private func firstPassage(drift: Double, volatility: Double, years: Double, level: Double) -> Double {
  let root = volatility * years.squareRoot()
  let tilt = exp(Lanes(2 * drift * level / (volatility * volatility)))[0]
  return gsl_cdf_ugaussian_P((level - drift * years) / root)
    + tilt * gsl_cdf_ugaussian_P((level + drift * years) / root)
}

private func market(
  _ volatilities: [Double], drift: Double, correlation: Double = 0, step: Double, steps: Int, substeps: Int? = nil
) throws -> Market {
  let names = Array(["A", "B"].prefix(volatilities.count))
  let scenario = Scenario(
    title: "diffusion", clock: try continuousClock(step: step, steps: steps, substeps: substeps),
    assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
    movement: .processes(
      volatilities.map { GeometricBrownianMotion(annualDrift: .fixed(drift), annualVolatility: .fixed($0)) },
      GaussianDependence([AssetPair("A", "B"): correlation])), venue: freeVenue())
  return try Market(scenario: scenario, seed: 2026)
}

/// Gate G4: holders through the whole pipeline, against first-passage formulas. Each figure must lie in a Clopper–Pearson
/// interval of 99.9 %: one false alarm in 1000 for each check, with the seed fixed.
@Suite("Survival of holders")
struct SurvivalOfHoldersTests {
  private func ruined(_ rows: [OutcomeRow]) -> Estimate {
    Proportion(rows.count { $0[.ruinStep] >= 0 }, of: rows.count).clopperPearson(confidence: 0.999)
  }

  private func isInside(_ value: Double, _ estimate: Estimate) -> Bool {
    guard let low = estimate.low, let high = estimate.high else { return false }
    return low <= value && value <= high
  }

  /// μ = 0.05, σ = 0.3, one year of 365 days, ruin at 0.7: 0.22985. Planted mistake: a bridge of
  /// twice the variance.
  @Test("watched within steps, a holder's ruin follows the continuous first-passage formula")
  func holderWithinSteps() throws {
    let market = try market([0.3], drift: 0.05, step: 86_400, steps: 365)
    let rows = outcomes(
      market, BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
      ruin: RuinTerms(equityBelow: 0.7, monitored: .withinStep), paths: 40_000)
    let expected = firstPassage(drift: 0.05 - 0.045, volatility: 0.3, years: 1, level: naturalLogarithm(0.7))
    #expect(abs(expected - 0.22985) < 5e-6)
    #expect(isInside(expected, ruined(rows)), "\(ruined(rows)) against \(expected)")
  }

  /// The level moves by 0.5826·s·√dt (Broadie, Glasserman & Kou 1997, Mathematical Finance 7(4)).
  /// Planted mistake: watching extremes at closes too.
  @Test("watched at closes, it follows the formula with Broadie, Glasserman and Kou's shift")
  func holderAtCloses() throws {
    let market = try market([0.3], drift: 0.05, step: 86_400, steps: 365, substeps: 1)
    let rows = outcomes(
      market, BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
      ruin: RuinTerms(equityBelow: 0.7, monitored: .atClose), paths: 40_000)
    let level = naturalLogarithm(0.7) - 0.5826 * 0.3 / 365.0.squareRoot()
    let expected = firstPassage(drift: 0.05 - 0.045, volatility: 0.3, years: 1, level: level)
    #expect(isInside(expected, ruined(rows)), "\(ruined(rows)) against \(expected)")
  }

  /// Constant leverage L is a geometric Brownian motion with ν = Lμ − ½L²σ², s = Lσ. Rebalanced every 2 hours.
  @Test("rebalanced to constant leverage, long or short, it follows the formula of leverage", arguments: [2.5, -1.5])
  func constantLeverage(leverage: Double) throws {
    let market = try market([0.4], drift: 0.08, step: 7200, steps: 12 * 120, substeps: 1)
    let rows = outcomes(
      market,
      BuyAndHold(
        leverage: abs(leverage), weights: AssetWeights(["A": leverage < 0 ? -1 : 1]), rebalance: true, band: 0),
      ruin: RuinTerms(equityBelow: 0.7, monitored: .withinStep), paths: 16_384)
    let s = abs(leverage) * 0.4
    let expected = firstPassage(
      drift: leverage * 0.08 - 0.5 * s * s, volatility: s, years: 120.0 / 365, level: naturalLogarithm(0.7))
    #expect(isInside(expected, ruined(rows)), "\(ruined(rows)) against \(expected)")
  }

  /// Two assets: equity's own bridge decides, with s² = w′Σw. Planted mistake: all adverse extremes at once.
  @Test("with two positions, the bridge of equity gives the formula of the portfolio", arguments: [-0.5, 0, 0.6])
  func twoPositions(correlation: Double) throws {
    let market = try market([0.5, 0.3], drift: 0, correlation: correlation, step: 7200, steps: 12 * 120, substeps: 4)
    let rows = outcomes(
      market, BuyAndHold(leverage: 3, weights: .equal, rebalance: true, band: 0),
      ruin: RuinTerms(equityBelow: 0.7, monitored: .withinStep), paths: 16_384)
    let variance = 2.25 * (0.25 + 0.09 + 2 * correlation * 0.15)
    let expected = firstPassage(
      drift: -0.5 * variance, volatility: variance.squareRoot(), years: 120.0 / 365, level: naturalLogarithm(0.7))
    #expect(isInside(expected, ruined(rows)), "\(ruined(rows)) against \(expected)")
  }
}
