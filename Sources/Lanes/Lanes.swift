import CLanes

/// One number for each of eight paths that advance side by side: the unit in which markets and accounts compute.
///
/// Lane code reads like scalar code and means the same for each lane. Lanes never talk to each other, so a path's
/// result depends neither on its place nor on its neighbours. Every operation is elementwise and in IEEE double
/// precision; where the machine has no fused multiply-add, `fma` rounds twice and results differ in their last digits.
@frozen @usableFromInline
package struct Lanes: Sendable, Equatable {
  /// The eight numbers, as one vector register (or two, or four, where registers are narrower).
  @usableFromInline package var vector: SIMD8<Double>

  /// The number of lanes: eight everywhere.
  @inlinable @inline(__always)
  package static var count: Int { 8 }

  /// Wraps a vector.
  @inlinable @inline(__always)
  package init(_ vector: SIMD8<Double>) { self.vector = vector }

  /// The same number in every lane.
  @inlinable @inline(__always)
  package init(_ x: Double) { vector = lanes_broadcast(x) }

  /// A number for each lane, from its index 0…7.
  @inlinable @inline(__always)
  package init(_ number: (Int) -> Double) {
    vector = SIMD8(number(0), number(1), number(2), number(3), number(4), number(5), number(6), number(7))
  }

  /// The number with these bits in each lane.
  @inlinable @inline(__always)
  package init(bitPattern words: Words) { vector = vector_of_words(words.vector) }

  /// The number in one lane, 0…7.
  @inlinable @inline(__always)
  package subscript(lane: Int) -> Double {
    get { vector[lane] }
    set { vector[lane] = newValue }
  }

  /// 0 in every lane.
  @inlinable @inline(__always)
  package static var zero: Lanes { Lanes(0) }

  /// 1 in every lane.
  @inlinable @inline(__always)
  package static var one: Lanes { Lanes(1) }

  /// +∞ in every lane.
  @inlinable @inline(__always)
  package static var infinity: Lanes { Lanes(Double.infinity) }

  /// Not a number in every lane.
  @inlinable @inline(__always)
  package static var nan: Lanes { Lanes(Double.nan) }
}

extension Lanes: CustomStringConvertible {
  /// The eight numbers in brackets, in the order of the lanes.
  @usableFromInline package var description: String {
    "[" + (0..<Lanes.count).map { "\(self[$0])" }.joined(separator: ", ") + "]"
  }
}
