import Glibc

/// When a Brownian motion with drift first falls to a level, in closed form.
package enum FirstPassage {
  /// The probability that νt + sW_t is at b < 0 or under it by the time T: Φ((b − νT)/s√T) + e^{2νb/s²}Φ((b + νT)/s√T).
  ///
  /// Source: I. Karatzas & S. E. Shreve, Brownian Motion and Stochastic Calculus, (3.5.12), by Girsanov.
  ///
  /// - Parameters:
  ///   - drift: ν, per year.
  ///   - volatility: s > 0, per root of a year.
  ///   - years: T > 0.
  ///   - level: b < 0, of a log price the logarithm of the share that is left.
  package static func probability(drift: Double, volatility: Double, years: Double, level: Double) -> Double {
    let root = volatility * years.squareRoot()
    return NormalLaw.cumulative((level - drift * years) / root)
      + exp(2 * drift * level / (volatility * volatility)) * NormalLaw.cumulative((level + drift * years) / root)
  }
}
