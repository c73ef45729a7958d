import Glibc
import Markets

/// What a signal and a log price do together over one step, worked out once more for the tests.
///
/// x goes to φx + ε, and the log price by d + x·h + N: ε and N are normal with mean 0, variances q and `noise`, and covariance c.
/// Source: the moments of an Ornstein–Uhlenbeck process and its integral, D. T. Gillespie (1996), Physical Review E 54(2),
/// equations 2.9 to 2.12; the innovations of the signal are independent of those of the price.
struct SignalStep {
  /// Stationary standard deviation s, 1/year.
  let deviation: Double
  /// φ.
  let kept: Double
  /// h, years; d.
  let exposure, drift: Double
  /// q, variance of N, and c.
  let signalVariance, noise, covariance: Double

  /// A step of so many years a.
  ///
  /// - Parameters:
  ///   - deviation: s.
  ///   - decay: κ, 1/year.
  init(volatility: Double, deviation s: Double, decay: Double, years a: Double) {
    let k = decay * a
    deviation = s
    kept = exp(-k)
    drift = -0.5 * volatility * volatility * a
    // Means over the step of e^{−ku} and of its square.
    let (f, f2) = ((1 - kept) / k, (1 - kept * kept) / (2 * k))
    exposure = a * f
    signalVariance = s * s * (1 - kept * kept)
    noise = 2 * a * a * s * s / k * (1 - 2 * f + f2) + volatility * volatility * a
    covariance = 2 * a * s * s * (f - f2)
  }

  /// The gain of the Kalman filter that sees closes only, per unit of log price, where it has run for ever.
  var filterGain: Double {
    var (error, gain) = (deviation * deviation, 0.0)
    for _ in 0..<5000 {
      let shared = kept * error * exposure + covariance
      gain = shared / (exposure * exposure * error + noise)
      error = kept * kept * error + signalVariance - gain * shared
    }
    return gain
  }

  /// The variance of what the Kalman filter does not know of the signal where it sees it with noise at each close, and has run
  /// for ever: P = Mν²/(M + ν²) with M = φ²P + q before a close.
  func error(noise: Double) -> Double {
    let (square, b) = (noise * noise, signalVariance - noise * noise * (1 - kept * kept))
    let before = 0.5 * (b + (b * b + 4 * signalVariance * square).squareRoot())
    return before * square / (before + square)
  }

  /// Growth a year of log wealth where the signal is known up to an error, and weights stand for whole steps.
  func growth(years: Double, leverage: Double, error: Double = 0) -> Double {
    SignalOptimum(
      volatility: ((noise + error * exposure * exposure) / years).squareRoot(),
      seen: (deviation * deviation - error).squareRoot() * exposure / years, leverage: leverage
    ).growth
  }
}
