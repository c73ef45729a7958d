import Foundation

/// Clocks and waiting, so that tests need not wait.
package protocol Sleeper: Sendable {
  /// Milliseconds since 1970 UTC.
  var now: Int64 { get }
  /// Seconds on a clock that never goes back.
  var uptime: Double { get }
  /// Whether the program was asked to stop.
  var isInterrupted: Bool { get }
  /// Waits.
  ///
  /// - Throws: `interrupted` when the program is asked to stop meanwhile.
  func sleep(_ seconds: Double) throws(ExchangeFault)
}

/// The clocks of the system.
package struct SystemSleeper: Sleeper {
  private static let clock = ContinuousClock()
  private static let start = clock.now
  private let shouldStop: @Sendable () -> Bool

  /// Waits that end when the program is asked to stop.
  package init(shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  package var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  package var uptime: Double { (Self.clock.now - Self.start) / .seconds(1) }

  package var isInterrupted: Bool { shouldStop() }

  package func sleep(_ seconds: Double) throws(ExchangeFault) {
    let end = uptime + seconds
    while true {
      if shouldStop() { throw .interrupted }
      let left = end - uptime
      guard left > 0 else { return }
      Thread.sleep(forTimeInterval: min(left, 0.05))
    }
  }
}
