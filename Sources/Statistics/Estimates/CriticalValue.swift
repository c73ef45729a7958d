import CGSL
import Glibc

/// The two-sided critical values that intervals are made of.
package enum CriticalValue {
  /// GSL's default error handler aborts the process; once it is off, errors come back as values.
  private static let errorHandlerIsOff: Bool = {
    _ = gsl_set_error_handler_off()
    return true
  }()

  /// z with P(|Z| ≤ z) = `confidence` for a standard normal Z: 1.96 at 0.95.
  package static func normal(_ confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1, "Invariant: a confidence lies between 0 and 1")
    _ = errorHandlerIsOff
    return gsl_cdf_ugaussian_Qinv((1 - confidence) / 2)
  }

  /// t with P(|T| ≤ t) = `confidence` for Student's T with `degrees` > 0 degrees of freedom.
  package static func student(_ confidence: Double, degrees: Double) -> Double {
    precondition(confidence > 0 && confidence < 1, "Invariant: a confidence lies between 0 and 1")
    precondition(degrees > 0, "Invariant: degrees of freedom are above zero")
    _ = errorHandlerIsOff
    let tail = (1 - confidence) / 2
    // GSL takes the tangent of a half less the tail here, which loses seven digits of a tail of 10⁻⁹.
    return degrees == 1 ? 1 / tan(.pi * tail) : gsl_cdf_tdist_Qinv(tail, degrees)
  }
}
