import Statistics

// The law of a return by itself.

extension StylisedFact {
  /// The share of returns that a tail is estimated from.
  private static let tailShare = 0.025

  private static func tail(_ values: [Double]) -> Double {
    HillEstimator.exponent(values, largest: Int((Double(values.count) * tailShare).rounded()))
  }

  /// Falls have a tail like a power law's.
  static let lowerTail = StylisedFact(
    name: "lowerTail", text: "exponent of the tail of falls (Hill, the largest 2.5 % of all returns)", usual: 2.2...5
  ) { series in tail(series.pooled.map { -$0 }) }

  /// Rises likewise.
  static let upperTail = StylisedFact(
    name: "upperTail", text: "exponent of the tail of rises (Hill, the largest 2.5 % of all returns)", usual: 2.2...5
  ) { series in tail(series.pooled) }

  /// Most returns are small and some are huge.
  static let kurtosis = StylisedFact(
    name: "kurtosis", text: "excess kurtosis of returns over one bar", usual: 1...50
  ) { series in excessKurtosis(series.pooled) }

  /// Returns over more bars are more nearly normal.
  static let aggregation = StylisedFact(
    name: "aggregation", text: "excess kurtosis over 20 bars, as a share of that over one", usual: 0...0.5
  ) { series in
    let one = excessKurtosis(series.pooled)
    return one > 0 ? excessKurtosis(series.flatMap { $0.aggregated(20) }) / one : .nan
  }

  /// Falls are larger than rises.
  static let gainLossAsymmetry = StylisedFact(
    name: "gainLossAsymmetry", text: "1 % quantile of returns over the 99 % one, without its sign", usual: 1...1.6
  ) { series in
    let sample = SortedSample(series.pooled)
    guard sample.count >= 200, let low = sample.quantile(0.01).value, let high = sample.quantile(0.99).value, high > 0
    else {
      return .nan
    }
    return -low / high
  }

  /// m₄/m₂² − 3.
  private static func excessKurtosis(_ values: [Double]) -> Double {
    guard values.count > 3 else { return .nan }
    let mean = values.reduce(0, +) / Double(values.count)
    var (second, fourth) = (0.0, 0.0)
    for value in values {
      let square = (value - mean) * (value - mean)
      second += square
      fourth += square * square
    }
    return second > 0 ? fourth * Double(values.count) / (second * second) - 3 : .nan
  }
}
