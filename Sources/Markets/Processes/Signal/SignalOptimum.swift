import Glibc

/// The best that can be done with a signal: log wealth, leverage within ±L, no cost.
///
/// For log wealth the optimum is myopic, w* = clip((μ + x̂)/σ², ±L), with x̂ = x where the signal is seen and the Kalman–Bucy
/// filter's estimate where it is hidden. Its growth is E[w*m − ½w*²σ²] over the stationary law N(μ, v) of m = μ + x̂.
/// Sources: R. C. Merton (1971), Journal of Economic Theory 3; for the filter R. S. Liptser & A. N. Shiryaev (2001), Statistics
/// of Random Processes I, theorem 10.3.
package struct SignalOptimum: Sendable, Hashable {
  /// Mean μ of the drift that is known, 1/year.
  package let drift: Double
  /// σ, 1/√year.
  package let volatility: Double
  /// Standard deviation √v of what is known of the signal, 1/year.
  package let deviation: Double
  /// L; at least 0.
  package let leverage: Double

  /// The optimum where the signal is seen without noise.
  package init(drift: Double = 0, volatility: Double, seen deviation: Double, leverage: Double) {
    self.drift = drift
    self.volatility = volatility
    self.deviation = deviation
    self.leverage = leverage
  }

  /// The optimum where only prices are seen, always.
  ///
  /// - Parameters:
  ///   - deviation: stationary standard deviation s of the signal, 1/year.
  ///   - decay: κ, 1/year.
  ///   - correlation: ρ.
  package init(
    drift: Double = 0, volatility: Double, hidden deviation: Double, decay: Double, correlation: Double,
    leverage: Double
  ) {
    // 2κP + (P/σ + ρσ_x)² = σ_x² for the error P of the filter that has run for ever.
    let own = deviation * (2 * decay).squareRoot()
    let pull = decay + correlation * own / volatility
    let noise = (1 - correlation * correlation) * (own / volatility) * (own / volatility)
    let error = volatility * volatility * ((pull * pull + noise).squareRoot() - pull)
    self.init(
      drift: drift, volatility: volatility, seen: max(0, deviation * deviation - error).squareRoot(),
      leverage: leverage)
  }

  /// w* where the known drift is m.
  package func weight(at m: Double) -> Double { min(leverage, max(-leverage, m / (volatility * volatility))) }

  /// Growth of log wealth a year.
  package var growth: Double { moments.growth }

  /// Mean of the return a year over its standard deviation, both of the optimum held at every moment.
  package var sharpe: Double {
    let moments = moments
    return moments.variance > 0 ? moments.mean / moments.variance.squareRoot() : 0
  }

  /// E[w*m], E[w*²σ²], and the first less half of the second, over the law of m.
  private var moments: (mean: Double, variance: Double, growth: Double) {
    let variance = volatility * volatility
    guard deviation > 0 else {
      let w = weight(at: drift)
      return (w * drift, w * w * variance, w * drift - 0.5 * w * w * variance)
    }
    // Between the bounds w*m = m²/σ²; beyond them L|m|. With z = (m − μ)/√v the moments of a cut normal.
    let bound = leverage * variance
    let (low, high) = ((-bound - drift) / deviation, (bound - drift) / deviation)
    let (below, above) = (Self.cumulative(low), Self.cumulative(-high))
    let (densityLow, densityHigh) = (Self.density(low), Self.density(high))
    let inside = 1 - below - above
    let firstInside = densityLow - densityHigh
    let secondInside = inside + Self.product(low, densityLow) - Self.product(high, densityHigh)
    let squares =
      drift * drift * inside + 2 * drift * deviation * firstInside + deviation * deviation * secondInside
    let beyond = drift * (above - below) + deviation * (densityHigh + densityLow)
    let mean = squares / variance + leverage * beyond
    let risk = squares / variance + leverage * leverage * variance * (below + above)
    return (mean, risk, mean - 0.5 * risk)
  }

  private static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
  private static func density(_ z: Double) -> Double { exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() }
  /// z·φ(z), whose limit is 0.
  private static func product(_ z: Double, _ density: Double) -> Double { density > 0 ? z * density : 0 }
}
