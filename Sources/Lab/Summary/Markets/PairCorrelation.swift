import Statistics

/// How two assets move together before, in and after the window of an event: Pearson's correlation of their log returns
/// from open to close of steps, nights and gaps left out.
///
/// Counted are all steps that lie in it whole, on the paths at severity 1 that the event's times are told of.
package struct PairCorrelation: Codable, Sendable, Equatable {
  /// The asset whose name comes first.
  package let first: String
  /// The other.
  package let second: String
  /// Before the event starts; not estimable where no step lies there, likewise below.
  package let before: Estimate
  /// From its start to its window's end.
  package let inWindow: Estimate
  /// After that.
  package let after: Estimate

  /// A run measures it.
  package init(first: String, second: String, before: Estimate, inWindow: Estimate, after: Estimate) {
    self.first = first
    self.second = second
    self.before = before
    self.inWindow = inWindow
    self.after = after
  }
}
