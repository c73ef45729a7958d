import Documents
import Randomness

/// How far a log price may plausibly come: on fewer than one path in 10¹² it is further away at any time.
///
/// Down to the horizon nothing is told: a price that falls under e⁻¹⁴⁰ of its start stays there (`PriceBounds`).
package struct PriceReach: Sendable, Hashable {
  /// Over its level at t = 0, by the horizon.
  package let after: Double
  /// Over or under its level at t = 0, back to the start of the warm-up.
  package let before: Double

  /// The furthest from its start that a log price may plausibly come, of any asset at any time: e¹⁴⁰ ≈ 10⁶⁰. What is made
  /// of it (equity, impact, squares of both) is a number still.
  static let furthest = PriceBounds.log

  /// Of a price whose compensated part is a martingale: it passes e³⁰ times its mean on fewer than one path in 10¹³.
  /// Source: Doob's maximal inequality.
  static let martingale = 30.0
  /// The deviations of a log price that nobody has to expect.
  static let deviations = 8.0

  /// Over a horizon with a drift of the price, and over a warm-up in which the log price, backwards, moves by some rate and
  /// varies.
  package init(
    drift: Double, horizonYears: Double, backwardRate: ClosedRange<Double>, volatility: Double, warmupYears: Double
  ) {
    after = max(drift, 0) * horizonYears + Self.martingale
    before =
      max(backwardRate.upperBound, -backwardRate.lowerBound, 0) * warmupYears
      + Self.deviations * volatility * warmupYears.squareRoot()
  }

  /// Of a compensated price: ahead by its drift, back by what its log return is lower than that.
  ///
  /// - Parameters:
  ///   - drift: μ, 1/year, from the least to the most.
  ///   - volatility: of the log price, at most, 1/√year.
  ///   - excess: by how much its mean log return may be lower than that of geometric Brownian motion, 1/year; at least 0.
  init(
    drift: ClosedRange<Double>, volatility: Double, excess: Double = 0, horizonYears: Double, warmupYears: Double
  ) {
    let fastest = 0.5 * volatility * volatility - drift.lowerBound + excess
    self.init(
      drift: drift.upperBound, horizonYears: horizonYears, backwardRate: min(-drift.upperBound, fastest)...fastest,
      volatility: volatility, warmupYears: warmupYears)
  }

  /// Of log returns that are drawn in blocks: their mean each step, and deviations of their sum that are four times those
  /// of independent ones.
  init(returns: [Double], steps: Int, warmupSteps: Int) {
    let count = Double(max(returns.count, 1))
    let mean = returns.reduce(0, +) / count
    let deviation = (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    let spread = 4 * Self.deviations * deviation
    after = max(mean, 0) * Double(steps) + spread * Double(steps).squareRoot()
    before = abs(mean) * Double(warmupSteps) + spread * Double(warmupSteps).squareRoot()
  }

  /// Nothing is known.
  init() {
    after = 0
    before = 0
  }
}

extension GeometricBrownianMotion {
  /// By μT ahead; back by (½σ² − μ)W and the deviations of σ√W.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let (sigma, drift) = (annualVolatility.plausible, annualDrift.plausible)
    let slowest = 0.5 * sigma.lowerBound * sigma.lowerBound - drift.upperBound
    let fastest = 0.5 * sigma.upperBound * sigma.upperBound - drift.lowerBound
    return PriceReach(
      drift: drift.upperBound, horizonYears: horizonYears, backwardRate: min(slowest, fastest)...max(slowest, fastest),
      volatility: sigma.upperBound, warmupYears: warmupYears)
  }
}

extension PriceReach {
  /// What is wrong with an asset whose price would come to be no number; a field below it.
  ///
  /// - Parameter years: of the horizon and of the warm-up, for the sentence.
  func violation(years: (after: Double, before: Double)) -> FormViolation? {
    func text(_ years: Double) -> String { JSONWriter.number((years * 10).rounded() / 10) }
    if !(after <= Self.furthest) {
      return FormViolation(
        "process/annualDrift",
        "over the \(text(years.after)) years to the horizon the price can pass 1e60 times its start, and what is computed "
          + "with it is no number any more: a smaller drift or a shorter length is needed")
    }
    if !(before <= Self.furthest) {
      return FormViolation(
        "process/annualVolatility",
        "over the \(text(years.before)) years of the warm-up, at whose end the price holds, it can have come from 1e60 "
          + "times that or from as small a part of it, and what is computed with it is no number any more: a smaller "
          + "volatility or drift, or a shorter warm-up, is needed")
    }
    return nil
  }
}
