import Glibc
import Statistics

// What returns have to do with earlier returns.

extension StylisedFact {
  /// Returns of neighbouring bars are hardly correlated.
  static let linearAutocorrelation = StylisedFact(
    name: "linearAutocorrelation", text: "largest absolute autocorrelation of returns over the lags 1 to 10",
    usual: 0...0.06
  ) { pool, weights in
    let values = (1...10).map { pool.lags.autocorrelation($0, weights) }.filter { !$0.isNaN }
    return values.map { abs($0) }.max() ?? .nan
  }

  /// Large moves follow large moves.
  static let clustering = StylisedFact(
    name: "clustering", text: "autocorrelation of absolute returns at lag 1", usual: 0.1...0.6
  ) { pool, weights in pool.sizeLags.autocorrelation(1, weights) }

  /// And do so for long.
  static let slowDecay = StylisedFact(
    name: "slowDecay", text: "autocorrelation of absolute returns at lag 20", usual: 0.03...0.5
  ) { pool, weights in pool.sizeLags.autocorrelation(20, weights) }

  /// A fall is followed by larger moves than a rise.
  static let leverage = StylisedFact(
    name: "leverage", text: "mean correlation of a return with the squared ones 1 to 10 bars later",
    usual: -0.3 ... -0.02
  ) { pool, weights in
    let moments = pool.powers.moments(weights)
    guard moments.count > 1, moments.squares > 0 else { return .nan }
    let variance = moments.squares / moments.count
    // That of squares about the variance.
    let spread = moments.fourths / moments.count - variance * variance
    let product = pool.lags.leverage(1...10, mean: moments.mean, variance: variance, weights)
    return product / (variance * spread).squareRoot()
  }

  /// Much is traded when prices move much.
  static let volumeVolatility = StylisedFact(
    name: "volumeVolatility", text: "rank correlation of volume and absolute return of a bar", usual: 0.2...0.8
  ) { pool, weights in
    guard let volumes = pool.ascendingVolumes?.ranks(weights) else { return .nan }
    let sizes = pool.ascendingSizes.ranks(weights)
    // Ranks from 1 to n have this mean, whoever shares one.
    let mean = Double(pool.count(weights) + 1) / 2
    var (both, one, other) = (0.0, 0.0, 0.0)
    var start = 0
    for (series, weight) in zip(pool.series, weights) {
      let end = start + series.returns.count
      var sums = (both: 0.0, one: 0.0, other: 0.0)
      if weight > 0 {
        for index in start..<end {
          let (x, y) = (volumes[index] - mean, sizes[index] - mean)
          sums.both += x * y
          sums.one += x * x
          sums.other += y * y
        }
      }
      both += Double(weight) * sums.both
      one += Double(weight) * sums.one
      other += Double(weight) * sums.other
      start = end
    }
    return both / (one * other).squareRoot()
  }
}
