import Foundation

/// Makes something on a thread of its own while the calling thread works; with one thread, first the one, then the other.
///
/// - Throws: what `work` throws, when both are over.
package func together<Made: Sendable, Result, Failure: Error>(
  threads: Int, make: @escaping @Sendable () -> Made, work: () throws(Failure) -> Result
) throws(Failure) -> (Made, Result) {
  guard threads > 1 else { return (make(), try work()) }
  let made = Handover<Made>()
  let thread = Thread { made.give(make()) }
  thread.stackSize = 8 << 20
  thread.start()
  defer { made.wait() }
  let result = try work()
  return (made.take(), result)
}

/// Where one thread puts a value that another waits for.
private final class Handover<Value: Sendable>: Sendable {
  private let value = Locked<Value?>(nil)
  private let arrival = DispatchSemaphore(value: 0)

  func give(_ new: Value) {
    value.withLock { $0 = new }
    arrival.signal()
  }

  /// Waits for the value, which stays there.
  func wait() {
    arrival.wait()
    arrival.signal()
  }

  func take() -> Value {
    wait()
    guard let value = value.withLock({ $0 }) else { preconditionFailure("Invariant: what has arrived is there") }
    return value
  }
}
