/// What happened first to a desk between the start of the recovery clock and the horizon. The four add up to one.
/// The raw value is the number in the store.
package enum RecoveryState: Int, Sendable, Hashable, CodedByName {
  /// Equity never closed under the level less 1 % (or the event never started).
  case unimpaired = 0
  /// Equity was impaired and closed at the level again.
  case recovered = 1
  /// Ruined before recovering: also before the event, or in the step that impaired it.
  case ruined = 2
  /// Still impaired at the horizon.
  case unresolved = 3
}
