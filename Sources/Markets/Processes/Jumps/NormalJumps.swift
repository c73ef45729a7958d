import Lanes
import Randomness

/// Jumps of N(m, s²).
struct NormalJumps: JumpSizes {
  private let mean, deviation: ContiguousArray<Lanes>
  private let key: StreamKey

  /// Jumps of a mean m and a standard deviation s, by lane group, from a stream.
  init(mean: ContiguousArray<Lanes>, deviation: ContiguousArray<Lanes>, _ key: StreamKey) {
    self.mean = mean
    self.deviation = deviation
    self.key = key
  }

  /// e^{m + s²/2} − 1.
  func meanReturn(_ group: Int) -> Lanes { expm1(fma(0.5 * deviation[group], deviation[group], mean[group])) }

  func meanSquare(_ group: Int) -> Lanes { mean[group] * mean[group] + deviation[group] * deviation[group] }

  func size(_ index: Int32, path: UInt64, _ group: Int, _ lane: Int) -> Double {
    var stream = SparseStream(key, path: path, lastWord: index)
    return size(uniform: stream.uniform(), group, lane)
  }

  /// The quantile of the law at a uniform.
  func size(uniform: Double, _ group: Int, _ lane: Int) -> Double {
    mean[group][lane] + deviation[group][lane] * normalQuantile(Lanes(uniform))[0]
  }
}

extension NormalJumps {
  /// The largest E J² that the parameters allow.
  static func largestSquare(mean: Draw, deviation: Draw) -> Double {
    let largest = max(abs(mean.lowerBound), abs(mean.upperBound))
    return largest * largest + deviation.upperBound * deviation.upperBound
  }

  /// The largest E[e^J − 1 − J] that can be reckoned with, at least 0.
  static func largestExcess(mean: Draw, deviation: Draw) -> Double {
    let s = deviation.plausible.upperBound
    // e^{m + s²/2} − 1 − m is convex in m: it is largest at an end.
    let ends = [mean.plausible.lowerBound, mean.plausible.upperBound]
    return ends.reduce(0) { max($0, expm1(Lanes($1 + 0.5 * s * s))[0] - $1) }
  }
}
