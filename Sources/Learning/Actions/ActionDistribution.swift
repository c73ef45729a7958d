import Lanes

/// The law of actions given the outputs of the policy's head, for eight samples at a time.
///
/// The outputs of sample i are the row `y + i · stride`. Computed in double precision, so that what is a logarithm of a
/// probability in the rollout is the same bits in the first minibatch that learns from it.
protocol ActionDistribution {
  /// Draws actions; `uniforms` gives two uniforms in (0, 1) for the pair number asked for.
  ///
  /// - Parameter actions: on return one element for each number of the action.
  func sample(
    _ y: UnsafePointer<Float>, stride: Int, uniforms: (Int) -> (Lanes, Lanes), into actions: inout [Lanes])
  /// The most likely action, before clipping.
  func mode(_ y: UnsafePointer<Float>, stride: Int, into actions: inout [Lanes])
  /// The logarithm of the actions' probability or density, and the entropy; remembers what `writeGradient` needs.
  mutating func evaluate(_ y: UnsafePointer<Float>, stride: Int, actions: [Lanes]) -> (
    logProbability: Lanes, entropy: Lanes
  )
  /// Writes the gradient by the head's outputs of Σ a·log p + b·entropy over the eight samples evaluated last, and adds
  /// that by the other parameters of the law to theirs.
  mutating func writeGradient(
    logProbability a: Lanes, entropy b: Lanes, into delta: UnsafeMutablePointer<Float>, stride: Int)
}

extension Lanes {
  /// Column `column` of eight rows.
  @inline(__always)
  init(_ y: UnsafePointer<Float>, stride: Int, column: Int) {
    self.init { Double(y[$0 * stride + column]) }
  }

  /// Writes the lanes into column `column` of eight rows.
  @inline(__always)
  func write(_ y: UnsafeMutablePointer<Float>, stride: Int, column: Int) {
    for lane in 0..<Lanes.count { y[lane * stride + column] = Float(self[lane]) }
  }
}
