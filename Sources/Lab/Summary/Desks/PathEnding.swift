/// How a desk ends on one path.
package struct PathEnding: Codable, Sendable, Equatable {
  /// At the horizon net of closing out, or at ruin; a multiple of starting equity.
  package let equity: Double
  /// Whether the desk is ruined on it.
  package let isRuined: Bool
  /// The path's number; nil where it is said elsewhere, and in a file that does not say it.
  package let path: Int64?

  /// A run takes it from an outcome row.
  package init(equity: Double, isRuined: Bool, path: Int64? = nil) {
    self.equity = equity
    self.isRuined = isRuined
    self.path = path
  }
}
