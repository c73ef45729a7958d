import Lab
import Statistics

extension RecoverySummary {
  /// Up to which share of what it had a desk is impaired at a close, "94 %": a hundredth under the level of recovery.
  var impairedText: String { Unit.percent.tick(level.rawValue - 0.01, step: 0.01) }
}
