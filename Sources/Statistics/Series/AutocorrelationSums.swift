/// Autocorrelations of several series that follow one law, each centred by the mean of all: what they have in common lag by lag.
package struct AutocorrelationSums: Sendable, Hashable {
  /// `[lag]`, the lag 0 first, where it is 1; NaN where nothing varies or no series is that long.
  package let values: [Double]

  /// - Complexity: O(elements · lags).
  package init(_ series: [[Double]], lags: Int) {
    let count = series.reduce(0) { $0 + $1.count }
    let mean = series.reduce(0) { $0 + $1.reduce(0, +) } / Double(max(count, 1))
    var products = Array(repeating: 0.0, count: lags + 1)
    var pairs = Array(repeating: 0, count: lags + 1)
    for one in series {
      let centred = one.map { $0 - mean }
      for lag in 0...lags where lag < centred.count {
        var sum = 0.0
        for index in lag..<centred.count { sum += centred[index] * centred[index - lag] }
        products[lag] += sum
        pairs[lag] += centred.count - lag
      }
    }
    // Over the number of pairs: a short series says as much of a long lag as it can, and no less.
    let variance = products[0] / Double(max(pairs[0], 1))
    values = zip(products, pairs).map { $1 > 0 && variance > 0 ? $0 / Double($1) / variance : .nan }
  }
}
