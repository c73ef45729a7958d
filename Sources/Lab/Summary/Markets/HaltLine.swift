import Statistics

/// How often and how long trading in an asset stands still, over the paths at severity 1 that events' times are told of.
///
/// Halts are seen at closes of steps and where orders arrive: one that is over by the close and lies elsewhere in its step is
/// not counted. Of others within a step, the step counts.
package struct HaltLine: Codable, Sendable, Equatable {
  /// The asset's name.
  package let asset: String
  /// The share of paths with a halt.
  package let share: Estimate
  /// The mean number of halts on a path.
  package let number: Estimate
  /// The mean trading time in halts on a path, in seconds.
  package let seconds: Estimate

  /// A run counts it.
  package init(asset: String, share: Estimate, number: Estimate, seconds: Estimate) {
    self.asset = asset
    self.share = share
    self.number = number
    self.seconds = seconds
  }
}
