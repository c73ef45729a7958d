import Glibc
import Statistics

// The law of a return by itself.

extension StylisedFact {
  /// The share of returns that a tail is estimated from.
  private static let tailShare = 0.025

  /// The exponent α of a tail P(X > x) ~ x^{−α}: 1 over the mean of log X₍ᵢ₎ − log X₍ₖ₊₁₎ over the k largest; NaN where fewer than
  /// k + 1 values are above 0, or all are alike.
  ///
  /// Source: B. Hill (1975), Annals of Statistics 3(5).
  ///
  /// - Parameter outermost: values and the series that they are of, the largest first.
  private static func tail(
    _ outermost: some Sequence<(value: Double, series: Int)>, _ pool: PooledReturns, _ weights: [Int]
  ) -> Double {
    let k = Int((Double(pool.count(weights)) * tailShare).rounded())
    guard k >= 1 else { return .nan }
    var (left, sum) = (k, 0.0)
    for (value, series) in outermost where weights[series] > 0 {
      guard value > 0 else { return .nan }
      let logarithm = log(value)
      let taken = min(left, weights[series])
      sum += Double(taken) * logarithm
      left -= taken
      guard left == 0, taken < weights[series] || taken == 0 else { continue }
      let mean = sum / Double(k) - logarithm
      return mean > 0 ? 1 / mean : .nan
    }
    return .nan
  }

  /// Falls have a tail like a power law's.
  static let lowerTail = StylisedFact(
    name: "lowerTail", text: "exponent of the tail of falls (Hill, the largest 2.5 % of all returns)", usual: 2.2...5
  ) { pool, weights in
    let ranked = pool.ascending
    return tail(zip(ranked.values, ranked.series).lazy.map { (-$0, Int($1)) }, pool, weights)
  }

  /// Rises likewise.
  static let upperTail = StylisedFact(
    name: "upperTail", text: "exponent of the tail of rises (Hill, the largest 2.5 % of all returns)", usual: 2.2...5
  ) { pool, weights in
    let ranked = pool.ascending
    return tail(
      ranked.values.indices.reversed().lazy.map { (ranked.values[$0], Int(ranked.series[$0])) }, pool, weights)
  }

  /// Most returns are small and some are huge.
  static let kurtosis = StylisedFact(
    name: "kurtosis", text: "excess kurtosis of returns over one bar", usual: 1...50
  ) { pool, weights in excessKurtosis(pool.powers, weights) }

  /// Returns over more bars are more nearly normal.
  static let aggregation = StylisedFact(
    name: "aggregation", text: "excess kurtosis over 20 bars, as a share of that over one", usual: 0...0.5
  ) { pool, weights in
    let one = excessKurtosis(pool.powers, weights)
    return one > 0 ? excessKurtosis(pool.powersOver20, weights) / one : .nan
  }

  /// Falls are larger than rises.
  static let gainLossAsymmetry = StylisedFact(
    name: "gainLossAsymmetry", text: "1 % quantile of returns over the 99 % one, without its sign", usual: 1...1.6
  ) { pool, weights in
    let count = pool.count(weights)
    func quantile(_ level: Double) -> Double? {
      pool.ascending.value(rank: SortedSample.rank(level, of: count), weights)
    }
    guard count >= 200, let low = quantile(0.01), let high = quantile(0.99), high > 0 else { return .nan }
    return -low / high
  }

  /// m₄/m₂² − 3.
  private static func excessKurtosis(_ powers: PowerSums, _ weights: [Int]) -> Double {
    let moments = powers.moments(weights)
    guard moments.count > 3, moments.squares > 0 else { return .nan }
    return moments.fourths * moments.count / (moments.squares * moments.squares) - 3
  }
}
