import CGSL

/// A `gsl_rng` on a Philox stream, so that every `gsl_ran_*` of GSL draws at a named position.
///
/// One stream has one owner; the memory goes with it. Not for sharing between threads.
package struct PhiloxGenerator: ~Copyable {
  /// For GSL's samplers; valid as long as this value lives.
  package let generator: UnsafeMutablePointer<gsl_rng>

  /// A generator at the beginning of a stream at a path's position.
  package init(_ key: StreamKey, _ position: StreamPosition) {
    GSL.silenceErrors()
    guard let generator = gsl_rng_alloc(philox_gsl_type()) else {
      preconditionFailure("Invariant: GSL has the memory for a generator of 44 bytes")
    }
    self.generator = generator
    move(to: key, position)
  }

  deinit { gsl_rng_free(generator) }

  /// Goes to the beginning of another stream or position, without a new allocation.
  package mutating func move(to key: StreamKey, _ position: StreamPosition) {
    let (word1, word2, word3) = position.words
    philox_begin(
      generator.pointee.state.assumingMemoryBound(to: philox_state.self), key.k0, key.k1, word1, word2, word3)
  }
}
