import Statistics
import Trading

/// How often one cause ruined the desk.
package struct CauseLine: MeasureValue {
  /// What came first on those paths; never `none`.
  package let cause: RuinCause
  /// Of all paths, in 0…1: the shares of all causes add up to one less survival.
  package let share: Estimate

  /// Made by `Measures.RuinCauses`, with the interval of a share.
  package init(cause: RuinCause, share: Estimate) {
    self.cause = cause
    self.share = share
  }

  /// The value alone.
  package var withoutIntervals: CauseLine { CauseLine(cause: cause, share: share.withoutIntervals) }

  /// One line under the cause's name.
  package var lines: [(word: String, estimate: Estimate)] { [(cause.name, share)] }
}
