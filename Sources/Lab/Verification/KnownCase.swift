import Glibc
import MarketData
import Markets
import Statistics
import Trading

/// A case whose answer is known in closed form, lived through by the program that made a run, with the run's seed: who holds one
/// share of a geometric Brownian motion is ruined as often as it first falls to the level of ruin.
///
/// Beside it stands a fall with margin and costs. Markets, accounts and the watch for ruin within steps are those of the run; a program that computes them wrongly on the
/// machine at hand, or was built wrongly for it, misses the figure.
package struct KnownCase: Codable, Sendable, Equatable {
  /// The share of paths that were ruined, with an interval that misses the truth in one run of a thousand.
  package let ruined: Estimate
  /// What the formula says.
  package let expected: Double
  /// An event, a margin call and the cost of an order, of which the end is known; nil in a file that does not say it.
  package let fall: KnownFall?

  /// Drift of the price, 1/year.
  package static let drift = 0.05
  /// Its volatility, 1/√year.
  package static let volatility = 0.6
  /// The share of the start at which the holder is ruined.
  package static let level = 0.75
  /// The horizon in days, of which a year has 365.
  package static let days = 73
  /// How often the interval holds.
  package static let confidence = 0.999

  /// What a run says of it.
  package init(ruined: Estimate, expected: Double, fall: KnownFall? = nil) {
    self.ruined = ruined
    self.expected = expected
    self.fall = fall
  }

  /// Whether the formula's figure lies in the interval, and the fall ends as it must.
  package var isMet: Bool {
    (ruined.low ?? .infinity) <= expected && expected <= (ruined.high ?? -.infinity) && fall?.isMet ?? true
  }

  /// Lives through it.
  ///
  /// - Throws: nothing for any seed; the market is stated here.
  package init(seed: UInt64) throws {
    let day = 86_400.0
    let clock = try Clock(
      calendar: .continuous(), step: day, length: day * Double(Self.days), warmup: 0,
      start: CalendarDay(daysSince1970: 19_723), substeps: 1)
    // Without a cost of any kind: what is held at t = 0 has been paid for.
    let liquidity = Liquidity(
      halfSpreadBps: 0, volumePerDay: 1e15, depthTo1Percent: 1e15, refillHalfLifeSeconds: 60, volumeVolatility: 0,
      spreadVolumeElasticity: 0)
    let scenario = Scenario(
      title: "A known case", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
      movement: .processes(
        [
          GeometricBrownianMotion(annualDrift: .fixed(Self.drift), annualVolatility: .fixed(Self.volatility))
        ], GaussianDependence()),
      venue: VenueTerms(
        takerFeeBps: 0, initialMargin: 0.001, maintenanceMargin: 0, liquidationFeeBps: 0, maximumParticipation: 1,
        latencySeconds: 0, annualFinancingRate: 0))
    let rows = try HolderRun(
      scenario: scenario, leverage: 1, startEquity: 1000,
      ruin: RuinTerms(equityBelow: Self.level, monitored: .withinStep)
    ).outcomes(seed: seed)
    let years = Double(Self.days) / 365
    self.init(
      ruined: Proportion(rows.count { $0.cause != .none }, of: rows.count).clopperPearson(confidence: Self.confidence),
      expected: FirstPassage.probability(
        drift: Self.drift - 0.5 * Self.volatility * Self.volatility, volatility: Self.volatility, years: years,
        level: log(Self.level)), fall: try KnownFall(seed: seed))
  }
}
