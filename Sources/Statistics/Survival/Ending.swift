/// How the watch over one path ended: at a time, by a cause or without one.
package struct Ending<Cause: Sendable & Hashable>: Sendable, Hashable {
  /// The time since the watch began, at least 0, in the caller's unit.
  package let time: Double
  /// What ended it; `nil` if the watch ended first (a censored path).
  package let cause: Cause?

  /// An ending at a finite time, not before the watch began.
  package init(at time: Double, by cause: Cause?) {
    precondition(time >= 0 && time.isFinite, "Invariant: a watch ends at a finite time, not before it began")
    self.time = time
    self.cause = cause
  }
}
