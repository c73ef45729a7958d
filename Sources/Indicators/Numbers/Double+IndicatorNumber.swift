import CLanes

/// One lane: recorded history.
extension Double: IndicatorNumber {
  @inline(__always)
  package static func .< (a: Double, b: Double) -> Bool { a < b }
  @inline(__always)
  package static func .<= (a: Double, b: Double) -> Bool { a <= b }
  @inline(__always)
  package static func .> (a: Double, b: Double) -> Bool { a > b }
  @inline(__always)
  package static func .>= (a: Double, b: Double) -> Bool { a >= b }
  @inline(__always)
  package static func .== (a: Double, b: Double) -> Bool { a == b }

  @inline(__always)
  package static func choose(_ truth: Bool, _ a: Double, _ b: Double) -> Double { number_select(truth, a, b) }
  @inline(__always)
  package static func smaller(_ a: Double, _ b: Double) -> Double { number_minimum(a, b) }
  @inline(__always)
  package static func larger(_ a: Double, _ b: Double) -> Double { number_maximum(a, b) }
  @inline(__always)
  package static func absolute(_ a: Double) -> Double { a.magnitude }
  @inline(__always)
  package static func root(_ a: Double) -> Double { a.squareRoot() }
  @inline(__always)
  package static func whole(_ a: Double) -> Double { a.rounded(.down) }
  @inline(__always)
  package static func pick(_ numbers: UnsafeMutablePointer<Double>, _ index: Double) -> Double { numbers[Int(index)] }
}

extension Bool: IndicatorTruth {
  @inline(__always)
  package static func both(_ a: Bool, _ b: Bool) -> Bool { truth_and(a, b) }
  @inline(__always)
  package static func either(_ a: Bool, _ b: Bool) -> Bool { truth_or(a, b) }
  @inline(__always)
  package static func not(_ a: Bool) -> Bool { truth_not(a) }
}
