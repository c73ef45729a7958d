import Lanes

/// y = activation(W·x + b) for a block of samples, its gradients, and what Adam remembers of them.
///
/// Samples are rows. A row of inputs ends with a one, at `biasColumn`, so that the bias is a row of the weights like
/// any other and one kernel computes everything: outputs, the gradient of the inputs, the gradient of the weights.
/// Weights lie as [input][output]; a transposed copy serves the gradient of the inputs.
package final class DenseLayer {
  /// The number of inputs.
  package let inputs: Int
  /// Where a row of inputs holds its one; between the last input and it a row is zero.
  package let biasColumn: Int
  /// The number of outputs.
  package let outputs: Int
  /// [input][output], the bias in row `biasColumn`; rows without an input are and stay zero.
  package let parameters: Parameters
  /// The outputs of a block of samples, row by row, with a one behind them for the layer above.
  let output: FloatMatrix
  /// [output][input], without the bias; no rows where nobody asks for the gradient of the inputs.
  private let transposed: FloatMatrix
  /// The gradient as [output][input], where few outputs would leave most of a vector empty.
  private let narrowGradient: FloatMatrix

  /// A layer of zeros.
  ///
  /// - Parameters:
  ///   - block: the most samples at once, a multiple of 4.
  ///   - learns: whether there is room for gradients.
  ///   - isAbove: whether it stands on another layer, which needs the gradient of the inputs.
  init(inputs: Int, biasColumn: Int, outputs: Int, block: Int, learns: Bool, isAbove: Bool) {
    self.inputs = inputs
    self.biasColumn = biasColumn
    self.outputs = outputs
    parameters = Parameters(rows: Self.fours(biasColumn + 1), columns: outputs, learns: learns)
    output = FloatMatrix(rows: block, columns: FloatMatrix.padded(outputs) + 1)
    transposed = FloatMatrix(
      rows: learns && isAbove ? FloatMatrix.padded(outputs) : 0, columns: FloatMatrix.padded(inputs))
    narrowGradient = FloatMatrix(rows: Self.isNarrow(outputs) ? 4 : 0, columns: biasColumn + 1)
    for row in 0..<block { output[row, outputBiasColumn] = 1 }
  }

  /// Where a row of outputs holds its one.
  var outputBiasColumn: Int { FloatMatrix.padded(outputs) }

  /// The next multiple of 4: kernels compute four rows at a time.
  static func fours(_ rows: Int) -> Int { (rows + 3) / 4 * 4 }

  private static func isNarrow(_ outputs: Int) -> Bool { outputs <= 4 }

  /// Brings the transposed copy in step with the weights.
  func refresh() {
    if transposed.rows > 0 { parameters.values.transpose(rows: inputs, columns: outputs, into: transposed) }
  }

  /// The outputs of some rows, through an activation; as many rows as the next multiple of 4 are written.
  ///
  /// - Parameter x: rows of inputs, `xStride` numbers apart, the one in its place.
  func forward(_ x: UnsafePointer<Float>, stride xStride: Int, samples: Int, activation: Activation?) {
    if activation == nil && Self.isNarrow(outputs) {
      QuadMultiplication(
        a: x, aRow: xStride, b: parameters.values.base, bRow: parameters.values.stride, c: output.base,
        cRow: output.stride, rows: Self.fours(samples), terms: biasColumn + 1)()
      return
    }
    let product = Multiplication(
      a: x, aRow: xStride, aSum: 1, b: parameters.values.base, bRow: parameters.values.stride, c: output.base,
      cRow: output.stride,
      rows: Self.fours(samples), terms: biasColumn + 1, vectors: parameters.values.stride / FloatLanes.count)
    switch activation {
    case .tanh: product(TanhFinish())
    case .relu: product(ReLUFinish())
    case nil: product(Store())
    }
  }

  /// Adds to the gradient of the weights what some samples give, or begins it with them.
  ///
  /// - Parameters:
  ///   - x: the rows of inputs.
  ///   - delta: the loss's gradient by the layer's sums (before its activation), a row a sample.
  func addGradient(
    _ x: UnsafePointer<Float>, stride xStride: Int, delta: borrowing FloatMatrix, samples: Int, isFirst: Bool
  ) {
    guard !Self.isNarrow(outputs) else {
      addNarrowGradient(x, stride: xStride, delta: delta, samples: samples, isFirst: isFirst)
      return
    }
    let product = Multiplication(
      a: x, aRow: 1, aSum: xStride, b: delta.base, bRow: delta.stride, c: parameters.gradient.base,
      cRow: parameters.gradient.stride, rows: parameters.gradient.rows, terms: samples,
      vectors: parameters.gradient.stride / FloatLanes.count)
    if isFirst { product(Store()) } else { product(Accumulate()) }
  }

  private func addNarrowGradient(
    _ x: UnsafePointer<Float>, stride xStride: Int, delta: borrowing FloatMatrix, samples: Int, isFirst: Bool
  ) {
    let product = Multiplication(
      a: delta.base, aRow: 1, aSum: delta.stride, b: x, bRow: xStride, c: narrowGradient.base,
      cRow: narrowGradient.stride, rows: 4, terms: samples, vectors: narrowGradient.stride / FloatLanes.count)
    product(Store())
    if isFirst { parameters.gradient.clear() }
    for output in 0..<outputs {
      let line = narrowGradient.row(output)
      for input in 0...biasColumn { parameters.gradient[input, output] += line[input] }
    }
  }

  /// The loss's gradient by the sums of the layer below, in the place of that layer's outputs.
  ///
  /// - Parameters:
  ///   - delta: the loss's gradient by this layer's sums.
  ///   - x: on entry the outputs of the layer below, on return the gradient.
  ///   - activation: that of the layer below.
  func backward(_ delta: borrowing FloatMatrix, samples: Int, activation: Activation, into x: borrowing FloatMatrix) {
    let product = backwardProduct(delta, samples: samples, into: x)
    switch activation {
    case .tanh: product(TanhSlopeFinish())
    case .relu: product(ReLUSlopeFinish())
    }
  }

  /// The loss's gradient by this layer's inputs, added to what is there.
  func addInputGradient(_ delta: borrowing FloatMatrix, samples: Int, to x: borrowing FloatMatrix) {
    backwardProduct(delta, samples: samples, into: x)(Accumulate())
  }

  /// Puts the gradient by this layer's sums in the place of its outputs, given that by its outputs.
  func takeGradient(_ gradient: borrowing FloatMatrix, samples: Int, activation: Activation) {
    for row in 0..<samples {
      for index in stride(from: 0, to: FloatMatrix.padded(outputs), by: FloatLanes.count) {
        let (slope, place) = ((gradient.row(row) + index).vector, output.row(row) + index)
        place.vector =
          switch activation {
          case .tanh: TanhSlopeFinish()(slope, at: place)
          case .relu: ReLUSlopeFinish()(slope, at: place)
          }
      }
    }
  }

  private func backwardProduct(
    _ delta: borrowing FloatMatrix, samples: Int, into x: borrowing FloatMatrix
  ) -> Multiplication {
    Multiplication(
      a: delta.base, aRow: delta.stride, aSum: 1, b: transposed.base, bRow: transposed.stride, c: x.base,
      cRow: x.stride, rows: Self.fours(samples), terms: outputs, vectors: FloatMatrix.padded(inputs) / FloatLanes.count)
  }
}
