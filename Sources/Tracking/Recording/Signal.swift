import Dispatch
import Foundation

/// What one thread waits for and others say: that there is something to do, or that all is over.
final class Signal: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  /// Says it.
  func say() { semaphore.signal() }

  /// Waits until it is said.
  ///
  /// - Returns: whether it was, within so many seconds.
  func wait(seconds: Double) -> Bool { semaphore.wait(timeout: .now() + seconds) == .success }
}
