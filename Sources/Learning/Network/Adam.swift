import Lanes

/// One step of Adam: what all parameters share.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − α·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ).
/// Source: D. P. Kingma & J. Ba (2015), "Adam: a method for stochastic optimization", ICLR, algorithm 1.
package struct AdamStep {
  /// β₁.
  static let firstDecay = 0.9
  /// β₂.
  static let secondDecay = 0.999
  /// α/(1 − β₁ᵗ).
  let rate: Float
  /// 1/√(1 − β₂ᵗ).
  let rootCorrection: Float
  /// ε.
  let epsilon: Float
  /// What every gradient is multiplied by first: under 1 where the gradient's norm is clipped.
  let gradientScale: Float

  /// Step number `count` (from 1).
  package init(count: Int, learningRate: Double, epsilon: Double, gradientScale: Double) {
    rate = Float(learningRate / (1 - power(Self.firstDecay, count)))
    rootCorrection = Float(1 / (1 - power(Self.secondDecay, count)).squareRoot())
    self.epsilon = Float(epsilon)
    self.gradientScale = Float(gradientScale)
  }
}

/// xⁿ by squaring: the same bits everywhere, which the C library's `pow` does not promise.
private func power(_ x: Double, _ n: Int) -> Double {
  var (result, factor, rest) = (1.0, x, n)
  while rest > 0 {
    if rest & 1 == 1 { result *= factor }
    factor *= factor
    rest >>= 1
  }
  return result
}

/// Parameters that are learned together: their values, gradients, and what Adam remembers of them.
package final class Parameters {
  /// The values.
  package let values: FloatMatrix
  /// Of the loss by the values.
  package let gradient: FloatMatrix
  /// Adam's running mean of the gradient.
  let firstMoment: FloatMatrix
  /// Adam's running mean of the gradient's square.
  let secondMoment: FloatMatrix

  /// Zeros.
  ///
  /// - Parameter learns: whether there is room for what learning needs beside the values.
  package init(rows: Int, columns: Int, learns: Bool = true) {
    values = FloatMatrix(rows: rows, columns: columns)
    gradient = FloatMatrix(rows: learns ? rows : 0, columns: columns)
    firstMoment = FloatMatrix(rows: learns ? rows : 0, columns: columns)
    secondMoment = FloatMatrix(rows: learns ? rows : 0, columns: columns)
  }

  /// The squared length of the gradient.
  var squaredGradient: Double {
    let g = gradient.base
    var (s0, s1) = (FloatLanes.zero, FloatLanes.zero)
    let vectors = gradient.count / FloatLanes.count
    var index = 0
    while index + 1 < vectors {
      let (a, b) = ((g + index * 16).vector, (g + index * 16 + 16).vector)
      s0 = fma(a, a, s0)
      s1 = fma(b, b, s1)
      index += 2
    }
    if index < vectors {
      let a = (g + index * 16).vector
      s0 = fma(a, a, s0)
    }
    return Double((s0 + s1).sum)
  }

  /// Moves the values against the gradient.
  package func update(_ step: AdamStep) {
    let (w, g, m, v) = (values.base, gradient.base, firstMoment.base, secondMoment.base)
    let (keepFirst, keepSecond) = (FloatLanes(Float(AdamStep.firstDecay)), FloatLanes(Float(AdamStep.secondDecay)))
    let (takeFirst, takeSecond) = (
      FloatLanes(Float(1 - AdamStep.firstDecay)), FloatLanes(Float(1 - AdamStep.secondDecay))
    )
    let scale = FloatLanes(step.gradientScale)
    let (minusRate, correction) = (FloatLanes(-step.rate), FloatLanes(step.rootCorrection))
    let epsilon = FloatLanes(step.epsilon)
    for index in stride(from: 0, to: values.count, by: FloatLanes.count) {
      let slope = (g + index).vector * scale
      let first = fma(keepFirst, (m + index).vector, takeFirst * slope)
      let second = fma(keepSecond, (v + index).vector, takeSecond * slope * slope)
      (m + index).vector = first
      (v + index).vector = second
      let root = fma(squareRoot(second), correction, epsilon)
      (w + index).vector = fma(minusRate * first, reciprocal(root), (w + index).vector)
    }
  }
}
