import Threads

/// Keeps requests to an exchange apart, as its limits ask.
package struct Pacer: Sendable {
  private let spacing: Double
  private let sleeper: any Sleeper
  /// When the next request may leave, on the clock that never goes back.
  private let next = Locked(-Double.infinity)

  /// Requests that leave so many seconds apart at least.
  package init(spacing: Double, sleeper: any Sleeper) {
    self.spacing = spacing
    self.sleeper = sleeper
  }

  /// Waits until the next request may leave.
  package func wait() throws(ExchangeFault) {
    let left = next.withLock { $0 } - sleeper.uptime
    if left > 0 { try sleeper.sleep(left) }
    let now = sleeper.uptime
    next.withLock { $0 = now + spacing }
  }

  /// Lets nothing leave for so many seconds.
  package func hold(_ seconds: Double) {
    let moment = sleeper.uptime + seconds
    next.withLock { $0 = max($0, moment) }
  }
}
