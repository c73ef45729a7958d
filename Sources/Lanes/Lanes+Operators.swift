import CLanes

// Arithmetic between lanes, and between lanes and one number for all of them. Each is one line of C (see CLanes.h).

extension Lanes {
  /// Sum, lane by lane.
  @inlinable @inline(__always)
  package static func + (a: Lanes, b: Lanes) -> Lanes { Lanes(lanes_add(a.vector, b.vector)) }

  /// Sum with one number for all lanes.
  @inlinable @inline(__always)
  package static func + (a: Lanes, b: Double) -> Lanes { a + Lanes(b) }

  /// Sum of one number for all lanes and each lane.
  @inlinable @inline(__always)
  package static func + (a: Double, b: Lanes) -> Lanes { Lanes(a) + b }

  /// Sum, in place.
  @inlinable @inline(__always)
  package static func += (a: inout Lanes, b: Lanes) { a = a + b }

  /// Sum with one number for all lanes, in place.
  @inlinable @inline(__always)
  package static func += (a: inout Lanes, b: Double) { a = a + b }

  /// Difference, lane by lane.
  @inlinable @inline(__always)
  package static func - (a: Lanes, b: Lanes) -> Lanes { Lanes(lanes_subtract(a.vector, b.vector)) }

  /// Difference with one number for all lanes.
  @inlinable @inline(__always)
  package static func - (a: Lanes, b: Double) -> Lanes { a - Lanes(b) }

  /// Difference of one number for all lanes and each lane.
  @inlinable @inline(__always)
  package static func - (a: Double, b: Lanes) -> Lanes { Lanes(a) - b }

  /// Difference, in place.
  @inlinable @inline(__always)
  package static func -= (a: inout Lanes, b: Lanes) { a = a - b }

  /// Difference with one number for all lanes, in place.
  @inlinable @inline(__always)
  package static func -= (a: inout Lanes, b: Double) { a = a - b }

  /// Product, lane by lane.
  @inlinable @inline(__always)
  package static func * (a: Lanes, b: Lanes) -> Lanes { Lanes(lanes_multiply(a.vector, b.vector)) }

  /// Product with one number for all lanes.
  @inlinable @inline(__always)
  package static func * (a: Lanes, b: Double) -> Lanes { a * Lanes(b) }

  /// Product of one number for all lanes and each lane.
  @inlinable @inline(__always)
  package static func * (a: Double, b: Lanes) -> Lanes { Lanes(a) * b }

  /// Product, in place.
  @inlinable @inline(__always)
  package static func *= (a: inout Lanes, b: Lanes) { a = a * b }

  /// Product with one number for all lanes, in place.
  @inlinable @inline(__always)
  package static func *= (a: inout Lanes, b: Double) { a = a * b }

  /// Quotient, lane by lane.
  @inlinable @inline(__always)
  package static func / (a: Lanes, b: Lanes) -> Lanes { Lanes(lanes_divide(a.vector, b.vector)) }

  /// Quotient with one number for all lanes.
  @inlinable @inline(__always)
  package static func / (a: Lanes, b: Double) -> Lanes { a / Lanes(b) }

  /// Quotient of one number for all lanes and each lane.
  @inlinable @inline(__always)
  package static func / (a: Double, b: Lanes) -> Lanes { Lanes(a) / b }

  /// Quotient, in place.
  @inlinable @inline(__always)
  package static func /= (a: inout Lanes, b: Lanes) { a = a / b }

  /// Quotient with one number for all lanes, in place.
  @inlinable @inline(__always)
  package static func /= (a: inout Lanes, b: Double) { a = a / b }

  /// The number with its sign turned, lane by lane.
  @inlinable @inline(__always)
  package static prefix func - (a: Lanes) -> Lanes { Lanes(lanes_negate(a.vector)) }
}
