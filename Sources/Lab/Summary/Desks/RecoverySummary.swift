/// From what a desk recovers, and to where.
package struct RecoverySummary: Codable, Sendable, Equatable {
  /// The event whose start starts the clock; nil: the earliest event to start on the path, and in a scenario without
  /// events the first drawdown of 5 %.
  package let from: String?
  /// Fraction of the reference equity that counts as recovered.
  package let level: RecoveryLevel

  /// A run makes it from its study.
  package init(from: String? = nil, level: RecoveryLevel) {
    self.from = from
    self.level = level
  }
}
