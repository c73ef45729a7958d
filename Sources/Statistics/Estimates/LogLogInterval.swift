import Glibc

/// The interval of a probability p strictly between 0 and 1 on the log(−log) scale: p^exp(±z·e/ln p), with e the standard
/// error of p as a fraction of p. It never leaves 0…1.
struct LogLogInterval: Sendable, Hashable {
  /// The lower end.
  let low: Double
  /// The upper end.
  let high: Double

  /// The interval around `value` whose standard error is `value`·`relativeError`.
  init(value: Double, relativeError: Double, confidence: Double) {
    let exponent = CriticalValue.normal(confidence) * relativeError / log(value)
    // The logarithm is negative, so the smaller exponent belongs to the upper end.
    low = min(value, pow(value, exp(-exponent)))
    high = max(value, pow(value, exp(exponent)))
  }
}
