import CGSL
import Randomness

/// The standard normal law, as tests, bootstrap intervals and residuals need it.
package enum NormalLaw {
  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double {
    GSL.silenceErrors()
    return gsl_cdf_ugaussian_P(z)
  }

  /// The z with P(Z ≤ z) = `probability`; infinite at 0 and 1.
  static func quantile(_ probability: Double) -> Double {
    GSL.silenceErrors()
    return gsl_cdf_ugaussian_Pinv(probability)
  }

  /// P(|Z| ≥ |z|): the two-sided p-value of a standardised distance.
  static func twoSided(_ z: Double) -> Double {
    GSL.silenceErrors()
    return min(1, 2 * gsl_cdf_ugaussian_Q(abs(z)))
  }
}
