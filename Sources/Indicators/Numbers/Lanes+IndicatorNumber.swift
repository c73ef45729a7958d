import Lanes

/// Eight lanes: simulated paths side by side.
extension Lanes: IndicatorNumber {
  @inline(__always)
  package static func choose(_ truth: Mask, _ a: Lanes, _ b: Lanes) -> Lanes { select(truth, a, b) }
  @inline(__always)
  package static func smaller(_ a: Lanes, _ b: Lanes) -> Lanes { min(a, b) }
  @inline(__always)
  package static func larger(_ a: Lanes, _ b: Lanes) -> Lanes { max(a, b) }
  @inline(__always)
  package static func absolute(_ a: Lanes) -> Lanes { abs(a) }
  @inline(__always)
  package static func root(_ a: Lanes) -> Lanes { sqrt(a) }
  @inline(__always)
  package static func whole(_ a: Lanes) -> Lanes { floor(a) }
  @inline(__always)
  package static func pick(_ numbers: UnsafeMutablePointer<Lanes>, _ index: Lanes) -> Lanes {
    Lanes { numbers[Int(index[$0])][$0] }
  }
}

extension Mask: IndicatorTruth {
  @inline(__always)
  package static func both(_ a: Mask, _ b: Mask) -> Mask { a & b }
  @inline(__always)
  package static func either(_ a: Mask, _ b: Mask) -> Mask { a | b }
  @inline(__always)
  package static func not(_ a: Mask) -> Mask { !a }
}
