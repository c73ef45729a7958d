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
  package static func choose(_ truth: Bool, _ a: Double, _ b: Double) -> Double { truth ? a : b }
  @inline(__always)
  package static func smaller(_ a: Double, _ b: Double) -> Double { a < b ? a : b }
  @inline(__always)
  package static func larger(_ a: Double, _ b: Double) -> Double { a > b ? a : b }
  @inline(__always)
  package static func absolute(_ a: Double) -> Double { a.magnitude }
  @inline(__always)
  package static func root(_ a: Double) -> Double { a.squareRoot() }
}

extension Bool: IndicatorTruth {
  @inline(__always)
  package static func both(_ a: Bool, _ b: Bool) -> Bool { a && b }
  @inline(__always)
  package static func either(_ a: Bool, _ b: Bool) -> Bool { a || b }
  @inline(__always)
  package static func not(_ a: Bool) -> Bool { a ? false : true }
}
