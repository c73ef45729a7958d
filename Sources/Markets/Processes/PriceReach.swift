import Documents
import Lanes

/// How far up a log price may plausibly come: on fewer than one path in 10¹² it is higher at any time.
package struct PriceReach: Sendable, Hashable {
  /// Over its level at t = 0, by the horizon.
  package let after: Double
  /// Over its level at t = 0, back to the start of the warm-up.
  package let before: Double

  /// The highest log price, of any asset at any time, that a market may plausibly come to: e³⁰⁰ ≈ 10¹³⁰, whose square is a
  /// number still.
  static let highest = 300.0

  /// Of a price whose compensated part is a martingale: it passes e³⁰ times its mean on fewer than one path in 10¹³.
  /// Source: Doob's maximal inequality.
  static let martingale = 30.0
  /// The deviations of a log price that nobody has to expect.
  static let deviations = 8.0

  /// Over a horizon with a drift of the price, and over a warm-up in which the log price, backwards, rises by some rate and varies.
  package init(drift: Double, horizonYears: Double, backwardRate: Double, volatility: Double, warmupYears: Double) {
    after = max(drift, 0) * horizonYears + Self.martingale
    before = max(backwardRate, 0) * warmupYears + Self.deviations * volatility * warmupYears.squareRoot()
  }

  /// Of log returns that are drawn in blocks: their mean each step, and deviations of their sum that are four times those
  /// of independent ones.
  init(returns: [Double], steps: Int, warmupSteps: Int) {
    let count = Double(max(returns.count, 1))
    let mean = returns.reduce(0, +) / count
    let deviation = (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    let spread = 4 * Self.deviations * deviation
    after = max(mean, 0) * Double(steps) + spread * Double(steps).squareRoot()
    before = max(-mean, 0) * Double(warmupSteps) + spread * Double(warmupSteps).squareRoot()
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
    let sigma = annualVolatility.upperBound
    return PriceReach(
      drift: annualDrift.upperBound, horizonYears: horizonYears,
      backwardRate: 0.5 * sigma * sigma - annualDrift.lowerBound, volatility: sigma, warmupYears: warmupYears)
  }
}

extension MertonJumpDiffusion {
  /// As geometric Brownian motion, whose mean log return is lower by λ(k − m_J), k = E e^J − 1.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let sigma = annualVolatility.upperBound
    let deviation = jumpVolatility.upperBound
    // k − m is convex in m: it is largest at an end.
    let excess = [meanJump.lowerBound, meanJump.upperBound].map { mean in
      expm1(Lanes(mean + 0.5 * deviation * deviation))[0] - mean
    }
    return PriceReach(
      drift: annualDrift.upperBound, horizonYears: horizonYears,
      backwardRate: 0.5 * sigma * sigma - annualDrift.lowerBound + jumpsPerYear.upperBound * max(excess[0], excess[1]),
      volatility: sigma, warmupYears: warmupYears)
  }
}

extension PriceReach {
  /// What is wrong with an asset whose price would come to be no number; a field below it.
  ///
  /// - Parameter years: of the horizon and of the warm-up, for the sentence.
  func violation(from price: Double, years: (after: Double, before: Double)) -> FormViolation? {
    let start = log(Lanes(price))[0]
    guard abs(start) <= Self.highest else {
      return FormViolation("price", "\(JSONWriter.number(price)) is no price: only 1e-130…1e130 can be computed with")
    }
    func text(_ years: Double) -> String { JSONWriter.number((years * 10).rounded() / 10) }
    if start + after > Self.highest {
      return FormViolation(
        "process/annualDrift",
        "over the \(text(years.after)) years to the horizon the price can pass 1e130, and what is computed with it is no "
          + "number any more: a smaller drift or a shorter length is needed")
    }
    if start + before > Self.highest {
      return FormViolation(
        "process/annualVolatility",
        "over the \(text(years.before)) years of the warm-up, at whose end the price holds, it can have come from 1e130, and "
          + "what is computed with it is no number any more: a smaller volatility or a shorter warm-up is needed")
    }
    return nil
  }
}
