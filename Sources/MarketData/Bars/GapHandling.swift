/// What is done about bars that are missing inside a file's regular clock.
package enum GapHandling: String, Sendable, Hashable, CaseIterable {
  /// The file is refused, with each gap.
  case refuse
  /// The bars on both sides are taken as neighbours.
  case allow
}
