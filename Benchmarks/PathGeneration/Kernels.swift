import Lanes
import Randomness

/// The speed of the kernels by themselves, for a lane, 16 lanes in flight and nothing written but a sum.
enum Kernels {
  private static let rounds = 200_000

  static func report(_ key: StreamKey) {
    let first = DenseStream(key, PathGroup(firstPath: 0))
    let second = DenseStream(key, PathGroup(firstPath: 8))
    var words = Words(0)
    var sum = Lanes.zero
    let lanes = 2 * Lanes.count * rounds
    let block = nanoseconds(per: lanes) { words = words ^ blocks(first, second) }
    let normal = nanoseconds(per: lanes / 2) { sum += normals(first) }
    let exponential = nanoseconds(per: lanes) { sum += exponentials() }
    let quantile = nanoseconds(per: lanes) { sum += quantiles(first, second) }
    precondition(sum[0].isFinite && words != Words(0), "Invariant: the kernels were run")
    printTime("philox block", block, "lane")
    printTime("normal", normal, "lane")
    printTime("exp", exponential, "lane")
    printTime("uniform and normal quantile", quantile, "lane")
  }

  @inline(never)
  private static func blocks(_ first: DenseStream, _ second: DenseStream) -> Words {
    var sum = Words(0)
    for step in 0..<Int32(rounds) {
      let (a, b) = first.words(step)
      let (c, d) = second.words(step)
      sum = sum ^ a ^ b ^ c ^ d
    }
    return sum
  }

  @inline(never)
  private static func normals(_ stream: DenseStream) -> Lanes {
    var sum = Lanes.zero
    let normals = LaneBuffer(repeating: .zero, count: Diffusion.stride)
    var span = normals.lanes.mutableSpan
    for round in 0..<Int32(rounds / Diffusion.stride) {
      stream.normals(firstBlock: round * Int32(Diffusion.stride / 4), into: &span)
      sum += span[0]
    }
    return sum
  }

  @inline(never)
  private static func exponentials() -> Lanes {
    var sum = Lanes.zero
    var other = Lanes.zero
    var x = Lanes { Double($0) * 0.01 }
    for _ in 0..<rounds {
      sum += exp(x)
      other += exp(x + 0.5)
      x += 1e-6
    }
    return sum + other
  }

  @inline(never)
  private static func quantiles(_ first: DenseStream, _ second: DenseStream) -> Lanes {
    var sum = Lanes.zero
    for step in 0..<Int32(rounds / 2) {
      let (a, b) = first.uniforms52(step: step)
      let (c, d) = second.uniforms52(step: step)
      sum += (normalQuantile(a) + normalQuantile(b)) + (normalQuantile(c) + normalQuantile(d))
    }
    return sum
  }
}
