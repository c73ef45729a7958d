import Lanes

/// What a signal and the log price do together over one sub-step, exactly, given the signal at its open.
///
/// With k = κΔτ for the sub-step's trading time and a its years of variance, x goes to x·e^{−k} + ε, and the price moves by
/// x·a·f(k) + J + σW, f(k) = (1 − e^{−k})/k. ε, J and W are normal with mean 0; the moments here are those integrals of
/// e^{−k(1−u)} and (1 − e^{−k(1−u)})/k over u in 0…1. Source: the moments of an Ornstein–Uhlenbeck process and its integral,
/// D. T. Gillespie (1996), Physical Review E 54(2), equations 2.9 to 2.12.
struct SignalTransition: Equatable {
  /// e^{−k}.
  let kept: Double
  /// a·f(k): years by which the signal moves the price.
  let years: Double
  /// Variances of ε and J.
  let signalVariance, priceVariance: Double
  /// Covariance of ε and J, and of each with W.
  let covariance: Double
  let signalWithNoise, priceWithNoise: Double

  /// The transition over a sub-step.
  ///
  /// - Parameters:
  ///   - deviation: stationary standard deviation s, 1/year.
  ///   - decay: k, above 0.
  ///   - years: a.
  ///   - correlation: ρ.
  init(deviation s: Double, decay k: Double, years a: Double, correlation rho: Double) {
    let (f, f2) = (Self.mean(k), Self.mean(2 * k))
    kept = exp(Lanes(-k))[0]
    years = a * f
    signalVariance = s * s * 2 * k * f2
    priceVariance = 2 * (a * s) * (a * s) / k * Self.squaredLag(k)
    covariance = 2 * a * s * s * (f - f2)
    signalWithNoise = rho * s * (2 * k * a).squareRoot() * f
    priceWithNoise = rho * s * a * (2 * a / k).squareRoot() * Self.lag(k)
  }

  /// f(k) = (1 − e^{−k})/k.
  private static func mean(_ k: Double) -> Double { -expm1(Lanes(-k))[0] / k }

  /// 1 − f(k), without cancellation at small k.
  private static func lag(_ k: Double) -> Double { k < seriesBelow ? series(k) { _ in 1 } : 1 - mean(k) }

  /// 1 − 2f(k) + f(2k), likewise.
  private static func squaredLag(_ k: Double) -> Double {
    k < seriesBelow ? series(k) { 2 - $0 } : 1 - 2 * mean(k) + mean(2 * k)
  }

  private static let seriesBelow = 0.1

  /// −Σ (−k)ⁿ·weight(2ⁿ)/(n + 1)! from n = 1, from f(k) = Σ (−k)ⁿ/(n + 1)!.
  private static func series(_ k: Double, weight: (_ power: Double) -> Double) -> Double {
    var (sum, term, power) = (0.0, 1.0, 1.0)
    for n in 1...14 {
      term *= -k / Double(n + 1)
      power *= 2
      sum -= term * weight(power)
    }
    return sum
  }
}
