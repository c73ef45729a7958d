/// Where in a stream a path's draws are: the three words of a Philox counter that blocks are counted under.
///
/// Counter = (block, path's high 16 bits | clone, path's low 32 bits, last word). The last word is the step, or for
/// one normal a step ⌊step/4⌋, or the index of a jump, or 0 for a parameter of the path; negative in the warm-up.
package struct StreamPosition: Sendable, Hashable {
  /// The number of the path, under 2⁴⁸.
  package let path: UInt64
  /// Which copy of the path: 0 but for split paths.
  package let clone: UInt16
  /// The last counter word.
  package let lastWord: Int32

  /// A position of one path.
  package init(path: UInt64, clone: UInt16 = 0, lastWord: Int32 = 0) {
    precondition(path < 1 << 48, "Invariant: path numbers have 48 bits")
    self.path = path
    self.clone = clone
    self.lastWord = lastWord
  }

  /// The second, third and fourth counter word.
  var words: (UInt32, UInt32, UInt32) {
    (
      UInt32(truncatingIfNeeded: path >> 32) << 16 | UInt32(clone), UInt32(truncatingIfNeeded: path),
      UInt32(bitPattern: lastWord)
    )
  }
}

/// Eight consecutive paths that share a group of lanes.
@frozen @usableFromInline
package struct PathGroup: Sendable, Hashable {
  /// The path in lane 0.
  @usableFromInline package let firstPath: UInt64
  /// Which copy of the paths: 0 but for split paths.
  @usableFromInline package let clone: UInt16

  /// The paths `firstPath` … `firstPath` + 7, all under 2⁴⁸.
  package init(firstPath: UInt64, clone: UInt16 = 0) {
    precondition(firstPath <= (1 << 48) - 8, "Invariant: path numbers have 48 bits")
    self.firstPath = firstPath
    self.clone = clone
  }
}
