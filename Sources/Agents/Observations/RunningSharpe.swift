import Documents
import Lanes

/// The Sharpe ratio of eight accounts' returns so far, with exponential forgetting, and what each return does to it.
///
/// With the return R of a step, A ← A + η·(R − A) and B ← B + η·(R² − B), and before that
///
///     D = (B·ΔA − ½·A·ΔB)/(B − A²)^1.5,   ΔA = R − A, ΔB = R² − B,
///
/// the derivative of A/√(B − A²) after the step by η at 0. R = E′/E − 1, equities floored at a thousandth of the start.
///
/// Variants differ in how they begin. Ours: over the first steps A and B are plain means, and D is 0 in them; it is 0 too while
/// B − A² ≤ 10⁻¹², where there is no spread to divide by, and cut to −10…10: who has stood aside for long would earn without
/// bound by the first trade.
/// Source: J. Moody & M. Saffell (2001), "Learning to trade via direct reinforcement", IEEE Transactions on Neural Networks
/// 12(4), eq. (14).
package struct RunningSharpe: Sendable {
  /// How fast it forgets.
  package struct Terms: Sendable, Hashable {
    /// η, in (0, 1).
    package let adaptation: Double
    /// Steps of plain means; at least 1.
    package let warmup: Int

    /// States terms.
    package init(adaptation: Double, warmup: Int) {
      self.adaptation = adaptation
      self.warmup = warmup
    }

    /// η in documents.
    package static let adaptationField = Field<Double>(
      "adaptation", .number(in: .between(1e-6, 0.5)), default: 0.01, "η: the share of a new return in its means")
    /// The steps of plain means in documents.
    package static let warmupField = Field<Int>(
      "warmup", .integer(in: 1...100_000), default: 20,
      "steps from t = 0 over which they are plain means, and nothing is earned")
  }

  private let terms: Terms
  private var equity = Lanes.one
  /// Returns so far.
  private var count = 0
  /// A.
  private(set) var mean = Lanes.zero
  /// B.
  private(set) var square = Lanes.zero

  /// The least B − A² that is divided by.
  private static let least = 1e-12
  /// The floor of equity, as a fraction of its start.
  private static let floor = 1e-3
  /// The largest size of D and of the ratio that is shown.
  private static let largest = 10.0

  /// Of accounts at t = 0.
  package init(_ terms: Terms) { self.terms = terms }

  /// D of a step, and takes its return up.
  ///
  /// - Parameter ratio: equity over starting equity at its close.
  package mutating func step(to ratio: Lanes) -> Lanes {
    let next = max(ratio, Lanes(Self.floor))
    let value = next / equity - 1
    equity = next
    let (meanStep, squareStep) = (value - mean, value * value - square)
    var result = Lanes.zero
    if count >= terms.warmup {
      let variance = square - mean * mean
      let isSpread = variance .> Self.least
      let spread = select(isSpread, variance, .one)
      let derivative = (square * meanStep - 0.5 * mean * squareStep) / (spread * sqrt(spread))
      result = select(isSpread, derivative.cut(to: -Self.largest...Self.largest), .zero)
    }
    count += 1
    let rate = count <= terms.warmup ? 1 / Double(count) : terms.adaptation
    mean += meanStep * rate
    square += squareStep * rate
    return result
  }

  /// A/√(B − A²), in −10…10; 0 where there is no spread.
  var ratio: Lanes {
    let variance = square - mean * mean
    let isSpread = variance .> Self.least
    let ratio = mean / sqrt(select(isSpread, variance, .one))
    return select(isSpread, ratio.cut(to: -Self.largest...Self.largest), .zero)
  }

  /// ln √(B − A²), in −13.82…7: that of 10⁻⁶ where there is less spread.
  var logDeviation: Lanes {
    (0.5 * log(max(square - mean * mean, Lanes(Self.least)))).cut(to: -14...7)
  }

  /// The share of the first steps that is over, 0…1.
  var warmth: Double { min(1, Double(count) / Double(terms.warmup)) }
}
