import Foundation

/// A value that several threads share; each has it to itself while it looks or writes.
///
/// A mutex of the system's threads, and not the `Mutex` of `Synchronization`: that one is made of atomics and a futex, which
/// ThreadSanitizer of Swift 6.3 on Linux does not see as a lock once two threads wait for it, so that it reports races
/// where there are none.
package final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  /// Takes a value that nobody else has.
  package init(_ value: sending Value) { self.value = value }

  /// Looks at the value, or changes it, while no other thread can.
  ///
  /// - Throws: what `body` throws.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
