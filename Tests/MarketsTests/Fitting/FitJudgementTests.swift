import Foundation
import Markets
import Testing

/// Controls: a market that is the model, and one that is not.
///
/// Planted and seen: the largest AIC for the best, the paths that lie nearer counted in place of those further off.
@Suite("Fits beside what they were fitted to")
struct FitJudgementTests {
  private static func fact(_ name: String, _ judgement: FitJudgement) throws -> FitJudgement.Fact {
    try #require(judgement.facts.first { $0.fact.name == name })
  }

  @Test(
    "of returns of GARCH the least AIC is that of GARCH with their innovations, and only its market has their memory")
  func garch() throws {
    let returns = FittingSamples.garch(
      2500, omega: 4e-6, alpha: 0.05, gamma: 0.08, beta: 0.88, isStudent: true, number: 5000)
    let comparison = try FitComparison(returns, model: nil)
    #expect(comparison.best.fitter.name == "garch, Student innovations")
    #expect(comparison.best.distance.probability > 0.05)
    let own = try FitJudgement(comparison.best, beside: returns, seed: 1)
    // Nine facts, each outside of 95 % of the paths once in twenty samples.
    #expect(own.facts.count { !$0.isMet } <= 2, "\(own.facts.filter { !$0.isMet }.map(\.fact.name))")
    #expect(try Self.fact("clustering", own).isMet && Self.fact("kurtosis", own).isMet)
    let other = try #require(comparison.fits.first { $0.fitter.model == "gbm" })
    #expect(other.distance.probability < 0.001)
    let brownian = try FitJudgement(other, beside: returns, seed: 1)
    #expect(try !Self.fact("clustering", brownian).isMet && !Self.fact("kurtosis", brownian).isMet)
    for (good, bad) in [(own.law, brownian.law), (own.clustering, brownian.clustering)] {
      #expect(good.probability ?? 0 > 0.05 && bad.probability ?? 1 < 0.05, "\(good) \(bad)")
      #expect(good.ratio ?? 9 < bad.ratio ?? 0, "\(good) \(bad)")
    }
  }

  @Test("of geometric Brownian motion's returns its own fit is met by every fact")
  func brownian() throws {
    let returns = FittingSamples.brownian(2500, drift: 0.05, volatility: 0.2, number: 6000)
    let fit = try GeometricBrownianMotionFit().fitted(to: returns)
    #expect(fit.distance.probability > 0.05)
    let judgement = try FitJudgement(fit, beside: returns, seed: 2)
    #expect(judgement.facts.count { !$0.isMet } <= 2, "\(judgement.facts.filter { !$0.isMet }.map(\.fact.name))")
    #expect(judgement.law.probability ?? 0 > 0.05 && judgement.clustering.probability ?? 0 > 0.05)
  }
}
