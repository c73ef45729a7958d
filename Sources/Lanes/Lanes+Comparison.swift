import CLanes

// Comparisons give a mask; a comparison with NaN is false in every form but `.!=`.

extension Lanes {
  /// The lanes in which `a` is less than `b`.
  @inlinable @inline(__always)
  package static func .< (a: Lanes, b: Lanes) -> Mask { Mask(lanes_less(a.vector, b.vector)) }

  /// The lanes in which `a` is less than the number `b`.
  @inlinable @inline(__always)
  package static func .< (a: Lanes, b: Double) -> Mask { a .< Lanes(b) }

  /// The lanes in which `a` is at most `b`.
  @inlinable @inline(__always)
  package static func .<= (a: Lanes, b: Lanes) -> Mask { Mask(lanes_less_or_equal(a.vector, b.vector)) }

  /// The lanes in which `a` is at most the number `b`.
  @inlinable @inline(__always)
  package static func .<= (a: Lanes, b: Double) -> Mask { a .<= Lanes(b) }

  /// The lanes in which `a` is greater than `b`.
  @inlinable @inline(__always)
  package static func .> (a: Lanes, b: Lanes) -> Mask { Mask(lanes_less(b.vector, a.vector)) }

  /// The lanes in which `a` is greater than the number `b`.
  @inlinable @inline(__always)
  package static func .> (a: Lanes, b: Double) -> Mask { a .> Lanes(b) }

  /// The lanes in which `a` is at least `b`.
  @inlinable @inline(__always)
  package static func .>= (a: Lanes, b: Lanes) -> Mask { Mask(lanes_less_or_equal(b.vector, a.vector)) }

  /// The lanes in which `a` is at least the number `b`.
  @inlinable @inline(__always)
  package static func .>= (a: Lanes, b: Double) -> Mask { a .>= Lanes(b) }

  /// The lanes in which `a` is equal to `b`.
  @inlinable @inline(__always)
  package static func .== (a: Lanes, b: Lanes) -> Mask { Mask(lanes_equal(a.vector, b.vector)) }

  /// The lanes in which `a` is equal to the number `b`.
  @inlinable @inline(__always)
  package static func .== (a: Lanes, b: Double) -> Mask { a .== Lanes(b) }

  /// The lanes in which `a` is different from `b`.
  @inlinable @inline(__always)
  package static func .!= (a: Lanes, b: Lanes) -> Mask { Mask(mask_not(lanes_equal(a.vector, b.vector))) }

  /// The lanes in which `a` is different from the number `b`.
  @inlinable @inline(__always)
  package static func .!= (a: Lanes, b: Double) -> Mask { a .!= Lanes(b) }
}

/// `a` where the mask holds and `b` elsewhere, lane by lane.
@inlinable @inline(__always)
package func select(_ mask: Mask, _ a: Lanes, _ b: Lanes) -> Lanes {
  Lanes(lanes_select(mask.vector, a.vector, b.vector))
}

extension Lanes {
  /// Takes the numbers of `other` where the mask holds.
  @inlinable @inline(__always)
  package mutating func replace(with other: Lanes, where mask: Mask) { self = select(mask, other, self) }

  /// Takes one number in the lanes where the mask holds.
  @inlinable @inline(__always)
  package mutating func replace(with number: Double, where mask: Mask) { self = select(mask, Lanes(number), self) }

  /// The numbers of `other` where the mask holds, and these elsewhere.
  @inlinable @inline(__always)
  package func replacing(with other: Lanes, where mask: Mask) -> Lanes { select(mask, other, self) }

  /// One number in the lanes where the mask holds, and these elsewhere.
  @inlinable @inline(__always)
  package func replacing(with number: Double, where mask: Mask) -> Lanes { select(mask, Lanes(number), self) }
}
