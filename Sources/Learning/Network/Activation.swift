import Lanes

/// What follows each hidden layer.
package enum Activation: String, Sendable, Hashable, CaseIterable {
  /// The hyperbolic tangent.
  case tanh
  /// max(0, x).
  case relu
}

/// tanh of the sum.
struct TanhFinish: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes { tanh(sum) }
}

/// The sum where it is above 0.
struct ReLUFinish: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes {
    sum.kept(wherePositive: sum)
  }
}

/// The sum times tanh's slope at the output y that stands there: 1 − y². The gradient takes the output's place.
struct TanhSlopeFinish: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes {
    let y = place.vector
    return sum * fma(-y, y, FloatLanes(1))
  }
}

/// The sum where the output that stands there is above 0. The gradient takes the output's place.
struct ReLUSlopeFinish: SumFinish {
  @inline(__always)
  func callAsFunction(_ sum: FloatLanes, at place: UnsafeMutablePointer<Float>) -> FloatLanes {
    sum.kept(wherePositive: place.vector)
  }
}
