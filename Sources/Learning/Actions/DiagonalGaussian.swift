import Lanes

/// Independent normals with means from the policy's head and standard deviations σᵢ that depend on no state.
///
/// What an environment gets is clipped, outside the density: the logarithm is that of the number drawn.
struct DiagonalGaussian: ActionDistribution {
  /// log σᵢ, one row.
  private let logDeviation: Parameters
  private let size: Int
  /// (aᵢ − μᵢ)/σᵢ of the eight samples evaluated last.
  private var scores: [Lanes]

  /// ½ log 2π.
  private static let halfLogTwoPi = 0.91893853320467274178

  init(logDeviation: Parameters) {
    self.logDeviation = logDeviation
    size = logDeviation.values.columns
    scores = Array(repeating: .zero, count: size)
  }

  @inline(__always)
  private func logDeviation(_ index: Int) -> Double { Double(logDeviation.values[0, index]) }

  /// μ + σ·√(−2 log u)·(cos, sin) 2πv: two normals from each pair of uniforms (Box & Muller 1958).
  func sample(
    _ y: UnsafePointer<Float>, stride: Int, uniforms: (Int) -> (Lanes, Lanes), into actions: inout [Lanes]
  ) {
    for first in Swift.stride(from: 0, to: size, by: 2) {
      let (u, v) = uniforms(first / 2)
      let radius = sqrt(-2 * log(u))
      let (sine, cosine) = sinCosTurns(v)
      for index in first..<min(first + 2, size) {
        let deviation = exp(Lanes(logDeviation(index)))
        let normal = radius * (index == first ? cosine : sine)
        actions[index] = fma(deviation, normal, Lanes(y, stride: stride, column: index))
      }
    }
  }

  func mode(_ y: UnsafePointer<Float>, stride: Int, into actions: inout [Lanes]) {
    for index in 0..<size { actions[index] = Lanes(y, stride: stride, column: index) }
  }

  mutating func evaluate(_ y: UnsafePointer<Float>, stride: Int, actions: [Lanes]) -> (
    logProbability: Lanes, entropy: Lanes
  ) {
    var (logProbability, entropy) = (Lanes.zero, Lanes.zero)
    for index in 0..<size {
      let logDeviation = logDeviation(index)
      let score = (actions[index] - Lanes(y, stride: stride, column: index)) * exp(Lanes(-logDeviation))
      scores[index] = score
      logProbability -= fma(0.5 * score, score, logDeviation + Self.halfLogTwoPi)
      entropy += 0.5 + Self.halfLogTwoPi + logDeviation
    }
    return (logProbability, entropy)
  }

  /// ∂ log p/∂μᵢ = zᵢ/σᵢ and ∂ log p/∂ log σᵢ = zᵢ² − 1 with zᵢ = (aᵢ − μᵢ)/σᵢ; ∂H/∂ log σᵢ = 1.
  mutating func writeGradient(
    logProbability a: Lanes, entropy b: Lanes, into delta: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for index in 0..<size {
      let score = scores[index]
      let slope = a * score * exp(Lanes(-logDeviation(index)))
      slope.write(delta, stride: stride, column: index)
      let byDeviation = fma(a, fma(score, score, -1), b)
      logDeviation.gradient[0, index] += Float(byDeviation.sum)
    }
  }
}
