import Foundation
import Lanes
import Markets
import Testing

/// Heston's model fitted to returns whose law is known. Seeds are fixed.
///
/// Planted and seen, by the coverage and the density: the sign of the correlation in what a return's mean follows from v and v′.
@Suite("Heston's model is fitted")
struct HestonFitTests {
  private static let truth = HestonTerms.numbers(
    drift: 0.1, mean: 0.0625, reversion: 10, volatility: 0.9, correlation: -0.6)

  private static func sample(_ count: Int, number: Int) -> RecordedReturns {
    FittingSamples.heston(
      count, drift: 0.1, mean: 0.0625, reversion: 10, volatility: 0.9, correlation: -0.6, number: number)
  }

  /// Of intervals that hold them nine times in ten, as those of 200 such samples do (`docs/fitting.md`), fewer than 14 of 20 do so
  /// twice in a thousand for each parameter.
  @Test("parameters lie in their intervals on 20 samples of four years, and near the truth on one of twenty")
  func coverage() throws {
    let truth = [
      "annualDrift": 0.1, "annualVolatility": 0.25, "reversion": 10, "volatilityOfVariance": 0.9, "correlation": -0.6,
    ]
    var covered: [String: Int] = [:]
    for number in 0..<20 {
      for parameter in try HestonFit().fitted(to: Self.sample(1000, number: number)).parameters
      where truth[parameter.name].map({ parameter.interval?.contains($0) ?? false }) ?? false {
        covered[parameter.name, default: 0] += 1
      }
    }
    for name in truth.keys { #expect(covered[name] ?? 0 >= 14, "\(name): \(covered)") }
    // What is left of an error when chance is out of the way; the drift's is chance's still.
    for parameter in try HestonFit().fitted(to: Self.sample(5000, number: 1000)).parameters {
      let expected = try #require(truth[parameter.name])
      let error = try #require(parameter.robustStandardError)
      #expect(abs(parameter.value - expected) < 4 * error, "\(parameter)")
      if parameter.name != "annualDrift" { #expect(error < 0.25 * abs(expected), "\(parameter)") }
    }
  }

  /// The density of one return from a variance in its stationary law: (1/π)∫Re(e^{−iur}φ(u))du with φ that of Heston averaged over
  /// Gamma(2κθ/ξ², ξ²/2κ), by scipy 1.17.1's integrate.quad over pieces of 50 up to 4,000; its law by Gil-Pelaez.
  static let points: [(value: Double, logDensity: Double, probability: Double)] = [
    (-0.06, -1.6468721180076686, 0.001961352718032272), (-0.02, 2.085240484893691, 0.0888514291111912),
    (0.0003, 3.5112248867266964, 0.48219230831433785), (0.03, 1.1637445962484168, 0.9699984593240274),
    (0.05, -0.9796682343485322, 0.9966151124324463),
  ]

  /// Within 2 %, which a day's change of the variance inside the day is worth.
  @Test("the density of a first return and its probability are those of the characteristic function", arguments: points)
  func density(_ point: (value: Double, logDensity: Double, probability: Double)) {
    let likelihood = HestonLikelihood(FittingSamples.returns([point.value]))
    let (found, probability) = (likelihood.value(Self.truth), likelihood.probabilities(Self.truth)[0])
    #expect(abs(found - point.logDensity) < 0.02, "\(found)")
    let least = min(point.probability, 1 - point.probability)
    #expect(abs(probability - point.probability) < 0.02 * least, "\(probability)")
  }

  @Test("a grid four times as fine gives the same likelihood")
  func grid() {
    for (correlation, shape) in [(-0.9, 1.0), (-0.6, 1.5), (0.0, 4.0), (0.5, 0.7)] {
      let numbers = HestonTerms.numbers(
        drift: 0.1, mean: 0.0625, reversion: 6, volatility: (12 * 0.0625 / shape).squareRoot(),
        correlation: correlation)
      let returns = Self.sample(500, number: 2000)
      let (coarse, fine) = (HestonLikelihood(returns), HestonLikelihood(returns, fineness: 4))
      let difference = coarse.value(numbers) - fine.value(numbers)
      #expect(abs(difference) < 0.02, "\(correlation), \(shape): \(difference)")
    }
  }

  /// A variance that varies by a hundredth of itself: what it adds to the log likelihood is of second order in that.
  @Test("with next to no volatility of variance it is geometric Brownian motion's likelihood")
  func limit() {
    let returns = FittingSamples.brownian(500, drift: 0.1, volatility: 0.3, number: 1)
    let numbers = HestonTerms.numbers(
      drift: 0.1, mean: 0.09, reversion: 20, volatility: (2 * 20 * 0.09 / 9000).squareRoot(), correlation: 0)
    let normal = zip(returns.values, returns.years).reduce(0.0) { sum, pair in
      let away = pair.0 - 0.055 * pair.1
      return sum - 0.5 * (log(2 * .pi * 0.09 * pair.1) + away * away / (0.09 * pair.1))
    }
    #expect(abs(HestonLikelihood(returns).value(numbers) - normal) < 0.1)
  }

  @Test("a constant variance, heavy tails without clusters, and steps of two lengths are refused, each with its reason")
  func refused() throws {
    func reason(_ returns: RecordedReturns) -> String {
      do throws(FitRefusal) {
        return "fitted: \(try HestonFit().fitted(to: returns).parameters)"
      } catch {
        return error.description
      }
    }
    let still = reason(FittingSamples.brownian(1000, drift: 0, volatility: 0.2, number: 5))
    #expect(still.hasPrefix("nothing tells that large moves follow large ones"), "\(still)")
    var dice = FittingSamples.Dice("tails", 0)
    let heavy = reason(FittingSamples.returns((0..<1500).map { _ in 0.01 * dice.studentOfSix() }))
    #expect(heavy.contains("heavy tails, not clusters") || heavy.contains("next to 0 for most"), "\(heavy)")
    let nights = reason(
      FittingSamples.returns(
        (0..<600).map { _ in 0.01 * dice.normal() }, years: (0..<600).map { $0 % 7 == 0 ? 2e-3 : 1e-4 }))
    #expect(nights.contains("nights between them"), "\(nights)")
    let few = reason(FittingSamples.brownian(300, drift: 0, volatility: 0.2, number: 5))
    #expect(few.contains("too few"), "\(few)")
  }

  @Test("a real stock has a fit, more likely than a constant variance by hundreds, with falls that raise the variance")
  func stock() throws {
    let ibm = try FittingSamples.ibm.get()
    let fit = try HestonFit().fitted(to: ibm)
    #expect(fit.logLikelihood > (try GeometricBrownianMotionFit().fitted(to: ibm)).logLikelihood + 500)
    #expect(fit.parameters.allSatisfy { $0.interval != nil && $0.robustStandardError != nil })
    let correlation = try #require(fit.parameters.last)
    #expect(correlation.name == "correlation" && correlation.interval?.upperBound ?? 0 < 0)
  }
}
