import Foundation
import Synchronization

/// Two pieces of work at once: one on the calling thread, one on a thread of its own that waits for the next.
///
/// Waiting is by looking, since pieces last some ten microseconds; whoever waits long gives way to others.
package final class WorkerPair {
  /// Unchecked, because `work` is plain memory that the counters hand over: released by one side, acquired by the other.
  private final class Exchange: @unchecked Sendable {
    /// Written before `given` is raised, read after; only one side holds it at a time.
    var work: (() -> Void)?
    let given = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    let isOver = Atomic<Bool>(false)
  }

  private let exchange = Exchange()
  private let isSplit: Bool
  private var count = 0

  /// - Parameter isSplit: whether there is a second thread; else the pieces are done one by one.
  package init(isSplit: Bool) {
    self.isSplit = isSplit
    guard isSplit else { return }
    let exchange = exchange
    let thread = Thread {
      var next = 1
      while true {
        waitUntil { exchange.given.load(ordering: .acquiring) >= next || exchange.isOver.load(ordering: .relaxed) }
        if exchange.isOver.load(ordering: .relaxed) { return }
        exchange.work?()
        exchange.done.store(next, ordering: .releasing)
        next += 1
      }
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { exchange.isOver.store(true, ordering: .relaxed) }

  /// Does both and returns when both are done. They must touch nothing in common that either writes.
  func run(_ first: () -> Void, and second: () -> Void) {
    guard isSplit else {
      first()
      second()
      return
    }
    count += 1
    withoutActuallyEscaping(second) { second in
      exchange.work = second
      exchange.given.store(count, ordering: .releasing)
      first()
      waitUntil { exchange.done.load(ordering: .acquiring) >= count }
      exchange.work = nil
    }
  }
}

/// Looks until something holds: at first without pause, then giving way, at last asleep in between.
func waitUntil(_ holds: () -> Bool) {
  var looks = 0
  while !holds() {
    looks += 1
    if looks > 100_000 { usleep(50) } else if looks > 4_000 { sched_yield() }
  }
}
