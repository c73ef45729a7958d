import Glibc
import Randomness

/// The stationary bootstrap of a series: blocks of geometric length that begin anywhere, the series closed to a ring.
///
/// A resample keeps what neighbours have to do with each other over a block and is stationary whatever the block's length; over
/// many resamples every element comes equally often.
/// Source: D. Politis & J. Romano (1994), "The stationary bootstrap", J. American Statistical Association 89(428).
package struct StationaryBlocks: Sendable, Hashable {
  /// Elements of the series; at least 1.
  package let count: Int
  /// Mean length of a block, in elements; at least 1, where each is drawn by itself.
  package let meanBlock: Double

  /// Of a series of `count` elements.
  package init(count: Int, meanBlock: Double) {
    precondition(count > 0 && meanBlock >= 1, "Invariant: a resample has elements and blocks")
    self.count = count
    self.meanBlock = meanBlock
  }

  /// The places of a resample's elements in the series.
  package func places(_ stream: inout SparseStream) -> [Int] {
    var place = 0
    return (0..<count).map { index in
      if index == 0 || stream.uniform() * meanBlock < 1 {
        place = min(count - 1, Int(stream.uniform() * Double(count)))
      } else {
        place = (place + 1) % count
      }
      return place
    }
  }
}

extension StationaryBlocks {
  /// The mean block length by which the stationary bootstrap estimates the variance of a series' mean best, by its own
  /// autocovariances under a flat-top window.
  ///
  /// With R(k) the autocovariance at lag k and M twice the lag behind which K = max(5, log₁₀ n) correlations in a row are under
  /// 2√(log₁₀ n/n): b = (2G²/D)^⅓·n^⅓, G = Σ λ(k/M)|k|R(k), D = 2(Σ λ(k/M)R(k))², λ(t) = 1 up to ½ and 2(1 − |t|) up to 1. In
  /// 1 … min(3√n, n/3), rounded up.
  /// Source: D. Politis & H. White (2004), Econometric Reviews 23(1), corrected by A. Patton, D. Politis & H. White (2009), ibid.
  /// 28(4).
  ///
  /// - Returns: 1 for a series that never varies, and for one of fewer than nine elements, which tells nothing of lags.
  /// - Complexity: O(n·√n).
  package static func meanBlock(_ series: [Double]) -> Double {
    let n = Double(series.count)
    guard series.count >= 9 else { return 1 }
    let mean = series.reduce(0, +) / n
    let deviations = series.map { $0 - mean }
    func product(_ lag: Int) -> Double {
      var sum = 0.0
      for index in lag..<deviations.count { sum += deviations[index] * deviations[index - lag] }
      return sum
    }
    guard product(0) > 0 else { return 1 }
    let run = max(5, Int(log10(n)))
    let most = min(Int(n.squareRoot().rounded(.up)) + run, series.count - 2)
    let bound = 2 * (log10(n) / n).squareRoot()
    var covariances: [Double] = []
    var isSmall: [Bool] = []
    var last: Int?
    for lag in 0...most {
      let sum = product(lag)
      covariances.append(sum / n)
      // Of both ends without as many elements, and one more.
      let late = deviations[(lag + 1)...].reduce(0) { $0 + $1 * $1 }
      let early = deviations[..<(deviations.count - lag - 1)].reduce(0) { $0 + $1 * $1 }
      isSmall.append(abs(sum) < bound * (late * early).squareRoot())
      if lag >= run, last == nil, !isSmall[(lag - run)..<lag].contains(false) { last = lag - run }
    }
    let window = min(last.map { 2 * max($0, 1) } ?? most, most)
    var (slope, spectrum) = (0.0, covariances[0])
    for lag in 1...window {
      let share = Double(lag) / Double(window)
      let weight = share <= 0.5 ? 1 : 2 * (1 - share)
      slope += 2 * weight * Double(lag) * covariances[lag]
      spectrum += 2 * weight * covariances[lag]
    }
    let length = cbrt(slope * slope / (spectrum * spectrum)) * cbrt(n)
    let longest = min(3 * n.squareRoot(), n / 3).rounded(.up)
    return length.isFinite ? min(max(length, 1), longest) : longest
  }
}
