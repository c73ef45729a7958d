import Lanes

/// The draws that every path makes at every step, eight paths at a time, a fixed number of Philox words each.
///
/// The words are those of Philox4x32-10 at the counter (block, path high 16 | clone, path low 32, last word). Only the
/// last word changes from step to step, so what the first three rounds make of the other words is kept. The 32-bit
/// words stand in 64-bit slots, whose high halves hold rubbish until the end: a product reads the low half only.
@frozen @usableFromInline
package struct DenseStream: Sendable {
  @usableFromInline let first: Words
  @usableFromInline let second: Words
  @usableFromInline let third: Words
  @usableFromInline let fourth: Words
  @usableFromInline let early: EarlyRounds
  @usableFromInline let keys: LateRoundKeys

  /// The draws of a stream for eight paths.
  ///
  /// - Parameter block: the first counter word; draws that need more than one block a step take several streams of
  ///   the same key with different blocks.
  package init(_ key: StreamKey, _ paths: PathGroup, block: UInt32 = 0) {
    // Round 1. Its words 2 and 3 are the same for all lanes; word 2 has the last word, still to come.
    let path = Words { paths.firstPath &+ UInt64($0) }
    let product = path.lowHalvesMultiplied(by: Self.multiplier1)
    let clone = ((path &>> 32) &<< 16) | UInt64(paths.clone)
    let x0 = (product &>> 32) ^ clone ^ UInt64(key.k0)
    let x1 = product
    let blockProduct = Self.multiplier0 * UInt64(block)
    let x3 = blockProduct & 0xffff_ffff
    early = EarlyRounds(word2: UInt32(blockProduct >> 32) ^ key.k1)
    // Round 2: words 2 and 3 are complete; word 0 lacks the last word.
    let product0 = x0.lowHalvesMultiplied(by: Self.multiplier0)
    first = x1 ^ UInt64(key.round(2).k0)
    let y2 = (product0 &>> 32) ^ x3 ^ UInt64(key.round(2).k1)
    // Round 3: word 1 is complete; words 0 and 2 lack it. Keys of rounds 3 and 4 go in where they can.
    let product1 = y2.lowHalvesMultiplied(by: Self.multiplier1)
    second = (product1 &>> 32) ^ UInt64(key.round(3).k0)
    third = product1 ^ UInt64(key.round(4).k0)
    fourth = product0 ^ UInt64(key.round(3).k1)
    keys = LateRoundKeys(key)
  }

  @inlinable @inline(__always)
  static var multiplier0: UInt64 { 0xd251_1f53 }
  @inlinable @inline(__always)
  static var multiplier1: UInt64 { 0xcd9e_8d57 }

  /// The block at a last counter word: two 64-bit words a lane, each with its first 32-bit word as the low half.
  @inlinable @inline(__always)
  package func words(_ lastWord: Int32) -> (Words, Words) {
    let keys = self.keys
    // Rounds 1 to 3, what the last word moves of them.
    let scalar = Self.multiplier1 &* UInt64(early.word2 ^ UInt32(bitPattern: lastWord))
    let y0 = first ^ (scalar >> 32)
    let product = y0.lowHalvesMultiplied(by: Self.multiplier0)
    var x0 = second ^ (scalar & 0xffff_ffff)
    var x1 = third
    var x2 = (product &>> 32) ^ fourth
    var x3 = product
    // Rounds 4 to 10. The key of round 4 is in `third` already.
    Self.round(&x0, &x1, &x2, &x3, 0, keys.k1.0)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.0, keys.k1.1)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.1, keys.k1.2)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.2, keys.k1.3)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.3, keys.k1.4)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.4, keys.k1.5)
    Self.round(&x0, &x1, &x2, &x3, keys.k0.5, keys.k1.6)
    return (Words(lowHalvesOf: x0, x1), Words(lowHalvesOf: x2, x3))
  }

  @inlinable @inline(__always)
  static func round(
    _ x0: inout Words, _ x1: inout Words, _ x2: inout Words, _ x3: inout Words, _ k0: UInt64, _ k1: UInt64
  ) {
    let product0 = x0.lowHalvesMultiplied(by: multiplier0)
    let product1 = x2.lowHalvesMultiplied(by: multiplier1)
    x0 = (product1 &>> 32) ^ x1 ^ k0
    x1 = product1
    x2 = (product0 &>> 32) ^ x3 ^ k1
    x3 = product0
  }
}

/// What the first round makes of the words that all lanes share, before the last counter word is added.
@frozen @usableFromInline
struct EarlyRounds: Sendable {
  @usableFromInline let word2: UInt32
}

/// The round keys that are still to be used when the first three rounds are done, ready for 64-bit slots.
@frozen @usableFromInline
struct LateRoundKeys: Sendable {
  /// Of rounds 5 to 10.
  @usableFromInline let k0: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
  /// Of rounds 4 to 10.
  @usableFromInline let k1: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  init(_ key: StreamKey) {
    let first = { UInt64(key.round($0).k0) }
    let second = { UInt64(key.round($0).k1) }
    k0 = (first(5), first(6), first(7), first(8), first(9), first(10))
    k1 = (second(4), second(5), second(6), second(7), second(8), second(9), second(10))
  }
}

extension StreamKey {
  /// The key of a round, 1…10: each word moves by its Weyl constant from round to round.
  func round(_ index: UInt32) -> StreamKey {
    StreamKey(k0: k0 &+ (index - 1) &* 0x9e37_79b9, k1: k1 &+ (index - 1) &* 0xbb67_ae85)
  }
}
