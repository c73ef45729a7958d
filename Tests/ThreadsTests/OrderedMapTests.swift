import Foundation
import Testing
import Threads

@Suite("Things made on several threads")
struct OrderedMapTests {
  @Test("come in the order of their numbers, however long each takes", arguments: [1, 2, 3, 8])
  func ordered(threads: Int) {
    let made = orderedMap(40, threads: threads) { number in
      usleep(UInt32(number % 7) * 300)
      return number * number
    }
    #expect(made == (0..<40).map { $0 * $0 })
    #expect(orderedMap(0, threads: threads) { $0 }.isEmpty)
  }

  /// Planted mistake: one thread more.
  @Test("are made on as many threads as were asked for, and no more", arguments: [1, 2, 4])
  func bounded(threads: Int) {
    let state = Locked((now: 0, most: 0))
    _ = orderedMap(24, threads: threads) { _ in
      state.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      usleep(3_000)
      state.withLock { $0.now -= 1 }
    }
    let most = state.withLock { $0.most }
    #expect(most <= threads && (most > 1) == (threads > 1), "\(most) at once")
  }
}
