import Foundation
import Markets
import Testing

/// Known parameters, found again within their own intervals.
@Suite("Fits find the parameters that made the returns")
struct FitCoverageTests {
  private static let samples = 200

  /// How many of the samples' intervals hold each parameter.
  private static func covered(
    _ fitter: some ProcessFitter, _ truth: [String: Double], _ sample: (Int) -> RecordedReturns
  ) throws -> [String: Int] {
    var covered: [String: Int] = [:]
    for number in 0..<samples {
      let fit = try fitter.fitted(to: sample(number))
      for parameter in fit.parameters {
        guard let value = truth[parameter.name] else { continue }
        if parameter.interval?.contains(value) ?? false { covered[parameter.name, default: 0] += 1 }
      }
    }
    return covered
  }

  @Test("geometric Brownian motion")
  func brownian() throws {
    let covered = try Self.covered(GeometricBrownianMotionFit(), ["annualDrift": 0.1, "annualVolatility": 0.3]) {
      FittingSamples.brownian(500, drift: 0.1, volatility: 0.3, number: $0)
    }
    print(covered)
  }

  @Test("Merton's jump-diffusion")
  func merton() throws {
    let total = (0.2 * 0.2 + 25 * (0.01 * 0.01 + 0.04 * 0.04)).squareRoot()
    let covered = try Self.covered(
      MertonJumpDiffusionFit(),
      ["annualDrift": 0.1, "annualVolatility": total, "jumpsPerYear": 25, "meanJump": -0.01, "jumpVolatility": 0.04]
    ) {
      FittingSamples.merton(1000, drift: 0.1, diffusion: 0.2, rate: 25, mean: -0.01, deviation: 0.04, number: $0)
    }
    print(covered)
  }

  @Test("GARCH", arguments: [false, true])
  func garch(isStudent: Bool) throws {
    let persistence = 0.05 + 0.05 + 0.85
    let covered = try Self.covered(
      GarchFit(hasStudentInnovations: isStudent),
      [
        "annualVolatility": 0.25, "halfLife": log(0.5) / log(persistence), "reaction": 0.05, "asymmetry": 0.1,
        "degreesOfFreedom": 6,
      ]
    ) {
      FittingSamples.garch(
        1500, omega: 0.0625 / 252 * (1 - persistence), alpha: 0.05, gamma: 0.1, beta: 0.85, isStudent: isStudent,
        number: $0)
    }
    print(isStudent, covered)
  }
}
