/// Sums of products of values with those some places earlier, series by series, about their common mean.
struct LagSums {
  let centre: Double
  /// `[lag][series]`.
  private let sums: [[Sums]]

  /// Over the pairs (a, b) of a lag, a the earlier.
  private struct Sums {
    var pairs = 0.0
    var a = 0.0
    var b = 0.0
    var ab = 0.0
    var bb = 0.0
    var abb = 0.0

    mutating func add(_ other: Sums, times weight: Double) {
      pairs += weight * other.pairs
      a += weight * other.a
      b += weight * other.b
      ab += weight * other.ab
      bb += weight * other.bb
      abb += weight * other.abb
    }
  }

  /// - Complexity: O(elements · lags).
  init(_ series: [[Double]], lags: Int) {
    let count = series.reduce(0) { $0 + $1.count }
    let centre = series.reduce(0) { $0 + $1.reduce(0, +) } / Double(max(count, 1))
    self.centre = centre
    let centred = series.map { $0.map { $0 - centre } }
    sums = (0...lags).map { lag in
      centred.map { values in
        guard lag < values.count else { return Sums() }
        var sum = Sums(pairs: Double(values.count - lag))
        for index in lag..<values.count {
          let (a, b) = (values[index - lag], values[index])
          sum.a += a
          sum.b += b
          sum.ab += a * b
          sum.bb += b * b
          sum.abb += a * b * b
        }
        return sum
      }
    }
  }

  private func all(_ lag: Int, _ weights: [Int]) -> Sums {
    var all = Sums()
    for (sum, weight) in zip(sums[lag], weights) where weight > 0 { all.add(sum, times: Double(weight)) }
    return all
  }

  /// The autocorrelation at a lag, about the mean of all; over the number of pairs, so that a short series says as much of a long
  /// lag as it can, and no less. NaN where nothing varies or no series is that long.
  func autocorrelation(_ lag: Int, _ weights: [Int]) -> Double {
    let (whole, pairs) = (all(0, weights), all(lag, weights))
    guard whole.pairs > 0, pairs.pairs > 0 else { return .nan }
    let d = whole.a / whole.pairs
    let square = whole.ab / whole.pairs
    let variance = square - d * d
    guard variance > PowerSums.rounding * square else { return .nan }
    return ((pairs.ab - d * (pairs.a + pairs.b)) / pairs.pairs + d * d) / variance
  }

  /// The mean over all pairs of the lags of (a − m)((b − m)² − v).
  func leverage(_ lags: ClosedRange<Int>, mean: Double, variance v: Double, _ weights: [Int]) -> Double {
    let d = mean - centre
    var (sum, pairs) = (0.0, 0.0)
    for lag in lags {
      let one = all(lag, weights)
      let (linear, constant) = ((d * d - v) * one.a + 2 * d * d * one.b, d * (d * d - v) * one.pairs)
      sum += one.abb - 2 * d * one.ab - d * one.bb + linear - constant
      pairs += one.pairs
    }
    return sum / max(pairs, 1)
  }
}
