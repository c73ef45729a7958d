import Lanes
import Randomness

/// Jumps up or down whose sizes are exponential: up with probability p by Exp of mean u, else down by Exp of mean d.
struct DoubleExponentialJumps: JumpSizes {
  private let probability, up, down: ContiguousArray<Lanes>
  private let key: StreamKey

  /// Jumps with their p, u and d by lane group, u below 1, from a stream.
  init(
    upProbability: ContiguousArray<Lanes>, meanUp: ContiguousArray<Lanes>, meanDown: ContiguousArray<Lanes>,
    _ key: StreamKey
  ) {
    probability = upProbability
    up = meanUp
    down = meanDown
    self.key = key
  }

  /// p·u/(1 − u) − (1 − p)·d/(1 + d).
  func meanReturn(_ group: Int) -> Lanes {
    let (p, u, d) = (probability[group], up[group], down[group])
    return p * (u / (1 - u)) - (1 - p) * (d / (1 + d))
  }

  /// 2(p·u² + (1 − p)d²).
  func meanSquare(_ group: Int) -> Lanes {
    let (p, u, d) = (probability[group], up[group], down[group])
    return 2 * (p * (u * u) + (1 - p) * (d * d))
  }

  /// The quantile of the whole law at one uniform, so that jumps keep their order whatever the parameters are.
  func size(_ index: Int32, path: UInt64, _ group: Int, _ lane: Int) -> Double {
    var stream = SparseStream(key, path: path, lastWord: index)
    let uniform = stream.uniform()
    let p = probability[group][lane]
    if uniform < 1 - p { return down[group][lane] * log(Lanes(uniform / (1 - p)))[0] }
    return -up[group][lane] * log(Lanes((1 - uniform) / p))[0]
  }
}
