/// What a stretch of one path did to a desk's equity, and what did it.
package struct EquityMove: Codable, Sendable, Equatable {
  /// Close before its first step, in seconds of trading time since t = 0.
  package let from: Double
  /// Close of its last step, likewise.
  package let to: Double
  /// Equity at `to` less that at `from`, over starting equity.
  package let change: Double
  /// What did it, the largest first; they add up to `change`.
  package let parts: [EquityPart]

  /// Made when the path is replayed.
  package init(from: Double, to: Double, change: Double, parts: [EquityPart]) {
    self.from = from
    self.to = to
    self.change = change
    self.parts = parts
  }
}
