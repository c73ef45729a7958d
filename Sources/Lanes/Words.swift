import CLanes

/// A 64-bit word for each of eight paths: what random bits are made of, and the bits of a `Lanes`.
@frozen @usableFromInline
package struct Words: Sendable, Equatable {
  /// The eight words.
  @usableFromInline package var vector: SIMD8<UInt64>

  /// Wraps a vector.
  @inlinable @inline(__always)
  package init(_ vector: SIMD8<UInt64>) { self.vector = vector }

  /// The same word in every lane.
  @inlinable @inline(__always)
  package init(_ word: UInt64) { vector = words_broadcast(word) }

  /// A word for each lane, from its index 0…7.
  @inlinable @inline(__always)
  package init(_ word: (Int) -> UInt64) {
    vector = SIMD8(word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7))
  }

  /// The bits of each number.
  @inlinable @inline(__always)
  package init(bitPattern lanes: Lanes) { vector = words_of_vector(lanes.vector) }

  /// The word in one lane, 0…7.
  @inlinable @inline(__always)
  package subscript(lane: Int) -> UInt64 {
    get { vector[lane] }
    set { vector[lane] = newValue }
  }

  /// Sum modulo 2⁶⁴.
  @inlinable @inline(__always)
  package static func &+ (a: Words, b: Words) -> Words { Words(words_add(a.vector, b.vector)) }

  /// Difference modulo 2⁶⁴.
  @inlinable @inline(__always)
  package static func &- (a: Words, b: Words) -> Words { Words(words_subtract(a.vector, b.vector)) }

  /// Bitwise and.
  @inlinable @inline(__always)
  package static func & (a: Words, b: Words) -> Words { Words(words_and(a.vector, b.vector)) }

  /// Bitwise and with one word for all lanes.
  @inlinable @inline(__always)
  package static func & (a: Words, b: UInt64) -> Words { a & Words(b) }

  /// Bitwise or.
  @inlinable @inline(__always)
  package static func | (a: Words, b: Words) -> Words { Words(words_or(a.vector, b.vector)) }

  /// Bitwise or with one word for all lanes.
  @inlinable @inline(__always)
  package static func | (a: Words, b: UInt64) -> Words { a | Words(b) }

  /// Bitwise exclusive or.
  @inlinable @inline(__always)
  package static func ^ (a: Words, b: Words) -> Words { Words(words_exclusive_or(a.vector, b.vector)) }

  /// Bitwise exclusive or with one word for all lanes.
  @inlinable @inline(__always)
  package static func ^ (a: Words, b: UInt64) -> Words { a ^ Words(b) }

  /// Shift towards the high bits by 0…63.
  @inlinable @inline(__always)
  package static func &<< (a: Words, n: UInt32) -> Words { Words(words_shift_left(a.vector, n)) }

  /// Shift towards the low bits by 0…63.
  @inlinable @inline(__always)
  package static func &>> (a: Words, n: UInt32) -> Words { Words(words_shift_right(a.vector, n)) }

  /// The 64-bit product of the low halves (32 bits) of the words and of one word for all lanes.
  @inlinable @inline(__always)
  package func lowHalvesMultiplied(by b: UInt64) -> Words {
    Words(words_multiply_low_halves(vector, words_broadcast(b)))
  }

  /// The byte of a table at each word's place.
  ///
  /// - Parameter table: of at least as many bytes as the largest word says; that is not checked.
  @inlinable @inline(__always)
  package func lookUp(in table: Span<UInt8>) -> Words {
    table.withUnsafeBufferPointer { Words(words_look_up($0.baseAddress, vector)) }
  }

  /// The low half (32 bits) of each word of `low` as low half, that of each word of `high` as high half.
  @inlinable @inline(__always)
  package init(lowHalvesOf low: Words, _ high: Words) { vector = words_join_low_halves(low.vector, high.vector) }

  /// The lanes in which the words are equal.
  @inlinable @inline(__always)
  package static func .== (a: Words, b: Words) -> Mask { Mask(words_equal(a.vector, b.vector)) }

  /// The numbers that the words are, exact for words under 2⁵².
  @inlinable @inline(__always)
  package var asNumbers: Lanes { Lanes(bitPattern: self | 0x4330_0000_0000_0000) - 0x1p52 }
}
