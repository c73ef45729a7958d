/// How a desk ends on one path.
package struct PathEnding: Codable, Sendable, Equatable {
  /// At the horizon net of closing out, or at ruin; a multiple of starting equity.
  package let equity: Double
  /// Whether the desk is ruined on it.
  package let isRuined: Bool

  /// A run takes it from an outcome row.
  package init(equity: Double, isRuined: Bool) {
    self.equity = equity
    self.isRuined = isRuined
  }
}
