/// The SplitMix64 generator: a counter and a finaliser that scrambles it, for seeds and keys.
///
/// Source: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA; constants as in
/// Vigna's splitmix64.c. A seed of 0 gives e220a8397b1dcdaf first.
package struct SplitMix64: Sendable, Hashable, RandomNumberGenerator {
  /// The counter; any value is a good seed.
  package private(set) var state: UInt64

  /// Starts at a seed.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The same stream so many outputs later.
  package func advanced(by count: UInt64) -> SplitMix64 {
    SplitMix64(seed: state &+ count &* 0x9e37_79b9_7f4a_7c15)
  }

  /// Chains values into one: h ← first output of SplitMix64(h ⊕ value), from h = 0, value by value.
  package static func chain(_ values: [UInt64]) -> UInt64 {
    values.reduce(0) { hash, value in
      var generator = SplitMix64(seed: hash ^ value)
      return generator.next()
    }
  }
}
