import Foundation
import Markets
import Testing

/// GARCH beside Python's arch 8.0.0 (numpy 2.4.6), with r = 100 * np.diff(np.log(close)) of IBM and
/// m = arch_model(r, mean="Constant", vol="GARCH", p=1, o=1, q=1, dist="normal") or "t".
///
/// Planted and seen: weights 0.97ⁱ before the first return (both tests), the information's errors for robust ones.
@Suite("Fits of GARCH")
struct GarchFitTests {
  /// What arch says of one law of the innovations; its parameters are mu, omega, alpha[1], gamma[1], beta[1] and nu, of returns
  /// in percent.
  struct Reference: Sendable, CustomTestStringConvertible {
    let isStudent: Bool
    /// m.fix([0.02, 0.03, 0.04, 0.06, 0.92(, 6)]).loglikelihood
    let fixed: Double
    /// f = m.fit(tol=1e-14, options={"ftol": 1e-14, "maxiter": 2000}): f.params, f.loglikelihood
    let parameters: [Double]
    let logLikelihood: Double
    /// m.fit(…, cov_type="classic").std_err and m.fit(…).std_err of alpha[1], gamma[1] and nu.
    let classic, robust: [Double]
    var testDescription: String { isStudent ? "Student" : "normal" }
  }

  static let references = [
    Reference(
      isStudent: false, fixed: -5833.690755678488,
      parameters: [
        0.030908528167848948, 0.0459581305967268, 0.026419216473691765, 0.11018849441339346, 0.9016607939729688,
      ], logLikelihood: -5825.938684027116, classic: [0.010389838450856689, 0.01688685138821435],
      robust: [0.018460716037304963, 0.035872512749641004]),
    Reference(
      isStudent: true, fixed: -5706.180637641972,
      parameters: [
        0.032397752532607016, 0.019351582697158358, 0.015640578060661766, 0.08411750815802721, 0.9356789857512811,
        5.672065193518414,
      ], logLikelihood: -5700.482203889691, classic: [0.00908451419458315, 0.017470865912077624, 0.5199346168621269],
      robust: [0.012136433741539287, 0.02611490045896081, 0.5451592681168319]),
  ]

  /// arch's parameters as the numbers of our likelihood: a year has 252 of its steps, and its returns are in percent.
  private static func numbers(_ parameters: [Double]) -> [Double] {
    let (alpha, gamma, beta) = (parameters[2], parameters[3], parameters[4])
    return GarchTerms.numbers(
      drift: parameters[0] * 2.52, mean: parameters[1] / (1 - alpha - gamma / 2 - beta) * 0.0252, reaction: alpha,
      asymmetry: gamma, kept: beta, degrees: parameters.count > 5 ? parameters[5] : nil)
  }

  @Test("the likelihood of given parameters is that of arch to 10⁻⁸", arguments: references)
  func likelihood(_ reference: Reference) throws {
    let returns = try FittingSamples.ibm.get()
    let likelihood = GarchLikelihood(returns, isStudent: reference.isStudent)
    // Of returns in percent each density is a hundredth.
    let percent = Double(returns.values.count) * log(100)
    let parameters = [0.02, 0.03, 0.04, 0.06, 0.92] + (reference.isStudent ? [6] : [])
    let found = likelihood.value(Self.numbers(parameters)) - percent
    #expect(abs(found - reference.fixed) < 1e-8, "\(found - reference.fixed)")
  }

  @Test(
    "the fit of IBM is that of arch, to a hundredth of a standard error, and so are the errors, to 1 %",
    arguments: references)
  func fit(_ reference: Reference) throws {
    let returns = try FittingSamples.ibm.get()
    let fit = try GarchFit(hasStudentInnovations: reference.isStudent).fitted(to: returns)
    let likelihood = fit.logLikelihood - Double(returns.values.count) * log(100)
    #expect(abs(likelihood - reference.logLikelihood) < 1e-5, "\(likelihood - reference.logLikelihood)")
    let expected = GarchTerms(Self.numbers(reference.parameters))
    let values = [
      "annualDrift": expected.drift + expected.mean / 2, "annualVolatility": expected.mean.squareRoot(),
      "halfLife": log(0.5) / log(expected.persistence), "reaction": reference.parameters[2],
      "asymmetry": reference.parameters[3], "degreesOfFreedom": reference.parameters.last ?? 0,
    ]
    var errors: [(Double?, Double?)] = []
    for parameter in fit.parameters {
      let (value, error) = (try #require(values[parameter.name]), try #require(parameter.standardError))
      #expect(abs(parameter.value - value) < 0.01 * error, "\(parameter.name) \(parameter.value) \(value)")
      if ["reaction", "asymmetry", "degreesOfFreedom"].contains(parameter.name) {
        errors.append((parameter.standardError, parameter.robustStandardError))
      }
    }
    #expect(errors.count == reference.classic.count)
    for (found, other) in zip(errors, zip(reference.classic, reference.robust)) {
      #expect(abs((found.0 ?? 0) / other.0 - 1) < 0.01 && abs((found.1 ?? 0) / other.1 - 1) < 0.01, "\(found) \(other)")
    }
  }
}
