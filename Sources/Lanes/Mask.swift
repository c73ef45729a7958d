import CLanes

/// A yes or no for each of eight paths: what a comparison of `Lanes` gives and `select` takes.
///
/// Invariant: all 64 bits of a lane are equal.
@frozen @usableFromInline
package struct Mask: Sendable, Equatable {
  /// All bits of an element set for yes, none for no.
  @usableFromInline package var vector: SIMD8<Int>

  /// Wraps a vector whose elements are 0 or −1.
  @inlinable @inline(__always)
  package init(_ vector: SIMD8<Int>) { self.vector = vector }

  /// The same answer in every lane.
  @inlinable @inline(__always)
  package init(_ answer: Bool) { vector = mask_broadcast(answer ? -1 : 0) }

  /// An answer for each lane, from its index 0…7.
  @inlinable @inline(__always)
  package init(_ answer: (Int) -> Bool) {
    var mask = Mask(false)
    for lane in 0..<Lanes.count { mask[lane] = answer(lane) }
    self = mask
  }

  /// The answer in one lane, 0…7.
  @inlinable @inline(__always)
  package subscript(lane: Int) -> Bool {
    get { vector[lane] != 0 }
    set { vector[lane] = newValue ? -1 : 0 }
  }

  /// No lane.
  @inlinable @inline(__always)
  package static var none: Mask { Mask(false) }

  /// Every lane.
  @inlinable @inline(__always)
  package static var all: Mask { Mask(true) }

  /// The answers as bits: bit i is lane i.
  @inlinable @inline(__always)
  package var bits: UInt8 { mask_bits(vector) }

  /// Whether at least one lane says yes.
  @inlinable @inline(__always)
  package var isAny: Bool { bits != 0 }

  /// Whether no lane says yes.
  @inlinable @inline(__always)
  package var isNone: Bool { bits == 0 }

  /// Whether every lane says yes.
  @inlinable @inline(__always)
  package var isAll: Bool { bits == 0xff }

  /// How many lanes say yes.
  @inlinable @inline(__always)
  package var count: Int { bits.nonzeroBitCount }

  /// The first lane that says yes; nil: none does.
  @inlinable @inline(__always)
  package var first: Int? { isAny ? bits.trailingZeroBitCount : nil }

  /// Yes where both say yes.
  @inlinable @inline(__always)
  package static func & (a: Mask, b: Mask) -> Mask { Mask(mask_and(a.vector, b.vector)) }

  /// Yes where either says yes.
  @inlinable @inline(__always)
  package static func | (a: Mask, b: Mask) -> Mask { Mask(mask_or(a.vector, b.vector)) }

  /// Yes where the mask says no.
  @inlinable @inline(__always)
  package static prefix func ! (a: Mask) -> Mask { Mask(mask_not(a.vector)) }

  /// Keeps the lanes in which `b` says yes too.
  @inlinable @inline(__always)
  package static func &= (a: inout Mask, b: Mask) { a = a & b }

  /// Adds the lanes in which `b` says yes.
  @inlinable @inline(__always)
  package static func |= (a: inout Mask, b: Mask) { a = a | b }
}

extension Mask: CustomStringConvertible {
  /// The eight answers in brackets, in the order of the lanes.
  @usableFromInline package var description: String {
    "[" + (0..<Lanes.count).map { "\(self[$0])" }.joined(separator: ", ") + "]"
  }
}
