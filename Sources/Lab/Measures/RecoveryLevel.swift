/// The levels of recovery that outcomes are kept for.
package enum RecoveryLevel: Double, Sendable, Hashable, Codable, CaseIterable {
  /// 95 % of the reference equity.
  case most = 0.95
  /// All of the reference equity.
  case all = 1
}
