import CGSL

/// Draws that are few: a path's parameters, the times and sizes of its jumps. One path, one number at a time.
///
/// A value type: a copy goes on from the same place.
package struct SparseStream: Sendable {
  private var state = philox_state()

  /// The beginning of a stream at a path's position.
  package init(_ key: StreamKey, _ position: StreamPosition) {
    let (word1, word2, word3) = position.words
    philox_begin(&state, key.k0, key.k1, word1, word2, word3)
  }

  /// The beginning of a stream at a path, a clone and the last counter word.
  package init(_ key: StreamKey, path: UInt64, clone: UInt16 = 0, lastWord: Int32 = 0) {
    self.init(key, StreamPosition(path: path, clone: clone, lastWord: lastWord))
  }

  /// The next uniform, ((w ≫ 11) + ½)·2⁻⁵³ of a 64-bit word: in the open interval (0, 1), two of them a block.
  package mutating func uniform() -> Double { philox_uniform(&state) }
}
