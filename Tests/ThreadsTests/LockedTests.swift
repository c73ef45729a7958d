import Testing
import Threads

@Suite("What threads share")
struct LockedTests {
  private struct Full: Error {}

  /// Planted mistake: no lock.
  @Test("loses no change of several threads")
  func changes() {
    let count = Locked(0)
    _ = orderedMap(8, threads: 4) { _ in
      for _ in 0..<50_000 { count.withLock { $0 += 1 } }
      return true
    }
    #expect(count.withLock { $0 } == 400_000)
  }

  /// Planted mistake: the lock is given back after the body alone. This test then never ends.
  @Test("is free again after an error", .timeLimit(.minutes(1)))
  func error() {
    let count = Locked(0)
    #expect(throws: Full.self) {
      try count.withLock { (value: inout Int) throws(Full) in
        value = 1
        throw Full()
      }
    }
    #expect(count.withLock { $0 } == 1)
  }
}
