import Glibc
import Statistics

/// Series that follow one law, put together so that a fact of many resamples of them costs little: each series counts as often as
/// its weight says, its values are sorted once, and sums over it are made once.
///
/// Confined to one thread.
final class PooledReturns {
  let series: [ReturnSeries]

  /// Series, each with the place that its weight has.
  init(_ series: [ReturnSeries]) { self.series = series }

  /// Returns, their sizes and volumes in ascending order; volumes nil where nobody knows those of some series.
  private(set) lazy var ascending = RankedValues(series.map(\.returns))
  private lazy var sizes = series.map { $0.returns.map { abs($0) } }
  private(set) lazy var ascendingSizes = RankedValues(sizes)
  private(set) lazy var ascendingVolumes: RankedValues? =
    series.allSatisfy { $0.volumes != nil } ? RankedValues(series.map { $0.volumes ?? [] }) : nil

  /// Powers of returns, and of returns over 20 bars that do not overlap.
  private(set) lazy var powers = PowerSums(series.map(\.returns))
  private(set) lazy var powersOver20 = PowerSums(series.map { $0.aggregated(20) })

  /// Products of returns, and of their sizes, with those some bars earlier.
  private(set) lazy var lags = LagSums(series.map(\.returns), lags: 20)
  private(set) lazy var sizeLags = LagSums(sizes, lags: 20)

  /// How many returns there are.
  func count(_ weights: [Int]) -> Int { zip(series, weights).reduce(0) { $0 + $1.0.returns.count * $1.1 } }
}

/// Values of several series in ascending order.
struct RankedValues {
  let values: [Double]
  /// Of which series each is.
  let series: [Int32]
  /// Its place among all values, one series after the other.
  private let places: [Int32]

  /// - Complexity: O(n log n).
  init(_ all: [[Double]]) {
    let (pooled, owners) = (
      all.flatMap(\.self), all.enumerated().flatMap { Array(repeating: Int32($0), count: $1.count) }
    )
    let order = pooled.indices.sorted { pooled[$0] < pooled[$1] }
    values = order.map { pooled[$0] }
    series = order.map { owners[$0] }
    places = order.map { Int32($0) }
  }

  /// The value of a rank, from 1, where each counts as often as its series; nil beyond the last.
  func value(rank: Int, _ weights: [Int]) -> Double? {
    var passed = 0
    for (value, owner) in zip(values, series) {
      passed += weights[Int(owner)]
      if passed >= rank { return value }
    }
    return nil
  }

  /// The rank of each value, from 1, in the order of the pool: of equals the mean. Of values that do not count it says nothing.
  func ranks(_ weights: [Int]) -> [Double] {
    var ranks = Array(repeating: 0.0, count: values.count)
    var (start, passed) = (0, 0)
    while start < values.count {
      var (end, count) = (start, 0)
      while end < values.count, values[end] == values[start] {
        count += weights[Int(series[end])]
        end += 1
      }
      let rank = Double(passed) + Double(count + 1) / 2
      for index in start..<end { ranks[Int(places[index])] = rank }
      passed += count
      start = end
    }
    return ranks
  }
}

/// A variance that is so little of the mean square was left by rounding.
private let rounding = 1e-12

/// Sums of powers of values about their common mean, series by series.
struct PowerSums {
  private let centre: Double
  private let sums: [(count: Int, first: Double, second: Double, third: Double, fourth: Double)]

  init(_ series: [[Double]]) {
    let count = series.reduce(0) { $0 + $1.count }
    let centre = series.reduce(0) { $0 + $1.reduce(0, +) } / Double(max(count, 1))
    self.centre = centre
    sums = series.map { values in
      var sum = (count: values.count, first: 0.0, second: 0.0, third: 0.0, fourth: 0.0)
      for value in values {
        let x = value - centre
        sum.first += x
        sum.second += x * x
        sum.third += x * x * x
        sum.fourth += x * x * x * x
      }
      return sum
    }
  }

  /// How many values count, their mean, and the sums of squares and fourth powers about it.
  func moments(_ weights: [Int]) -> (count: Double, mean: Double, squares: Double, fourths: Double) {
    var (n, s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (sum, weight) in zip(sums, weights) where weight > 0 {
      let w = Double(weight)
      n += w * Double(sum.count)
      s1 += w * sum.first
      s2 += w * sum.second
      s3 += w * sum.third
      s4 += w * sum.fourth
    }
    let d = n > 0 ? s1 / n : 0
    let squares = s2 - n * d * d > rounding * s2 ? s2 - n * d * d : 0
    let fourths = s4 - 4 * d * s3 + 6 * d * d * s2 - 3 * n * d * d * d * d
    return (n, centre + d, squares, fourths)
  }
}

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
    guard variance > rounding * square else { return .nan }
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
