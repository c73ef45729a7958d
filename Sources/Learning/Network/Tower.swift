import Lanes

/// Dense layers one above the other: hidden ones, and a head without activation where there is one.
package final class Tower {
  /// From the first hidden layer to the head.
  package let layers: [DenseLayer]
  /// What follows each hidden layer.
  let activation: Activation
  /// The number of hidden layers.
  let hiddenCount: Int
  /// The loss's gradient by the head's outputs, a row a sample: what `backward` starts from.
  let delta: FloatMatrix

  /// A tower of zeros.
  ///
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - biasColumn: where a row of inputs holds its one.
  ///   - hidden: the widths of the hidden layers.
  ///   - outputs: the number of outputs of the head; nil: no head.
  ///   - block: the most samples at once, a multiple of 8.
  ///   - learns: whether there is room for gradients.
  ///   - isOnShared: whether it stands on shared layers.
  init(
    inputs: Int, biasColumn: Int, hidden: [Int], outputs: Int?, activation: Activation, block: Int, learns: Bool,
    isOnShared: Bool
  ) {
    var layers: [DenseLayer] = []
    for width in hidden + (outputs.map { [$0] } ?? []) {
      layers.append(
        DenseLayer(
          inputs: layers.last?.outputs ?? inputs, biasColumn: layers.last?.outputBiasColumn ?? biasColumn,
          outputs: width, block: block, learns: learns, isAbove: isOnShared || !layers.isEmpty))
    }
    self.layers = layers
    self.activation = activation
    hiddenCount = hidden.count
    delta = FloatMatrix(rows: outputs == nil || !learns ? 0 : block, columns: outputs ?? 1)
  }

  /// Computes the outputs of some rows; they stand in the last layer's `output`.
  func forward(_ x: UnsafePointer<Float>, stride: Int, samples: Int) {
    var (below, belowStride) = (x, stride)
    for (index, layer) in layers.enumerated() {
      layer.forward(below, stride: belowStride, samples: samples, activation: index < hiddenCount ? activation : nil)
      (below, belowStride) = (UnsafePointer(layer.output.base), layer.output.stride)
    }
  }

  /// The outputs of the last layer, a row a sample.
  package var head: Rows {
    let last = layers[layers.count - 1]
    return Rows(base: UnsafePointer(last.output.base), stride: last.output.stride)
  }

  /// The gradients of all layers from `delta`, for the samples that went forward last.
  ///
  /// Uses up the outputs of the hidden layers: the gradients take their places.
  /// - Parameters:
  ///   - x: the rows that went forward.
  ///   - isFirst: whether gradients begin with these samples rather than being added to.
  ///   - below: where the gradient by the inputs is added, for a tower on shared layers.
  func backward(
    _ x: UnsafePointer<Float>, stride: Int, samples: Int, isFirst: Bool, into below: SharedOutput? = nil
  ) {
    for index in layers.indices.reversed() {
      let layer = layers[index]
      if index == hiddenCount {
        step(layer, index, delta, x, stride, samples, isFirst, below)
      } else {
        step(layer, index, layer.output, x, stride, samples, isFirst, below)
      }
    }
  }

  private func step(
    _ layer: DenseLayer, _ index: Int, _ delta: borrowing FloatMatrix, _ x: UnsafePointer<Float>, _ stride: Int,
    _ samples: Int, _ isFirst: Bool, _ below: SharedOutput?
  ) {
    if index > 0 {
      let lower = layers[index - 1]
      layer.addGradient(
        lower.output.base, stride: lower.output.stride, delta: delta, samples: samples, isFirst: isFirst)
      layer.backward(delta, samples: samples, activation: activation, into: lower.output)
    } else {
      layer.addGradient(x, stride: stride, delta: delta, samples: samples, isFirst: isFirst)
      if let below { layer.addInputGradient(delta, samples: samples, to: below.gradient) }
    }
  }

  /// The gradients of shared layers from what the towers on them have added up.
  func backward(
    from sum: SharedOutput, _ x: UnsafePointer<Float>, stride: Int, samples: Int, isFirst: Bool
  ) {
    guard let top = layers.last else { return }
    top.takeGradient(sum.gradient, samples: samples, activation: activation)
    backward(x, stride: stride, samples: samples, isFirst: isFirst)
  }

  /// The squared length of all gradients.
  var squaredGradient: Double {
    var sum = 0.0
    for layer in layers { sum += layer.parameters.squaredGradient }
    return sum
  }

  /// Moves all parameters against their gradients.
  func update(_ step: AdamStep) {
    for layer in layers {
      layer.parameters.update(step)
      layer.refresh()
    }
  }
}

/// Where towers on shared layers add up what the loss says about their common inputs.
final class SharedOutput {
  /// A row a sample.
  let gradient: FloatMatrix

  init(rows: Int, columns: Int) { gradient = FloatMatrix(rows: rows, columns: columns) }
}
