import Synchronization

/// How many rows of a rollout are written: told by the thread that acts to the one that values.
final class RowProgress: Sendable {
  private let rows = Atomic<Int>(0)

  /// Tells that the rows below a number are written.
  func publish(rows count: Int) { rows.store(count, ordering: .releasing) }

  /// Waits until they are.
  func wait(rows count: Int) { waitUntil { rows.load(ordering: .acquiring) >= count } }
}
