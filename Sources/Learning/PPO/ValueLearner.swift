import Lanes

/// The value function's half of a gradient step: c·E[(V − R)²].
///
/// With a clip, the larger of that and the squared error of V clipped to within it of the old value, as in the
/// original implementation of PPO.
final class ValueLearner {
  private let network: Network
  private let input: FloatMatrix

  init(_ network: Network) {
    self.network = network
    input = FloatMatrix(rows: network.block, columns: network.architecture.observations + 1)
  }

  /// The gradients of the value's tower over a whole minibatch, and the sum of squared errors.
  func backward(_ batch: Minibatch) -> Double {
    var sum = 0.0
    for block in stride(from: 0, to: batch.count, by: network.block) {
      let samples = min(network.block, batch.count - block)
      batch.gatherObservations(from: block, count: samples, into: input)
      let rows = Rows(base: UnsafePointer(input.base), stride: input.stride)
      sum += backward(batch, block, samples, rows, isFirst: block == 0)
    }
    return sum
  }

  /// The same for one block, whose inputs are the rows `x`.
  func backward(
    _ batch: Minibatch, _ block: Int, _ samples: Int, _ x: Rows, isFirst: Bool, into below: SharedOutput? = nil
  ) -> Double {
    let tower = network.value
    tower.forward(x.base, stride: x.stride, samples: samples)
    let head = tower.head
    let weight = 2 * batch.valueCoefficient / Double(batch.count)
    var sum = Lanes.zero
    for row in stride(from: 0, to: samples, by: Lanes.count) {
      let place = block + row
      let isSample = batch.isSample(from: place)
      let value = Lanes(head.row(row), stride: head.stride, column: 0)
      let target = batch.gather(batch.rollout.returns, from: place)
      let error = value - target
      var square = error * error
      var slope = error * weight
      if let clip = batch.valueClip {
        let old = batch.gather(batch.rollout.values, from: place)
        let moved = value - old
        let clippedError = old + max(min(moved, clip), -clip) - target
        let clippedSquare = clippedError * clippedError
        // Beyond the clip its error is a constant: where that is the larger one, nothing pulls any more.
        slope.replace(with: 0, where: (clippedSquare .> square) & (abs(moved) .> clip))
        square = max(square, clippedSquare)
      }
      sum += select(isSample, square, .zero)
      select(isSample, slope, .zero).write(tower.delta.row(row), stride: tower.delta.stride, column: 0)
    }
    tower.backward(x.base, stride: x.stride, samples: samples, isFirst: isFirst, into: below)
    return sum.sum
  }
}
