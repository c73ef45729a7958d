import Threads

/// Who wants to know which jobs change. A reader that is slow misses the oldest changes; nothing waits for it.
final class JobChanges: Sendable {
  /// Changes that are kept for a reader.
  static let kept = 256

  private struct State {
    var readers: [Int: AsyncStream<String>.Continuation] = [:]
    var next = 0
    var isOver = false
  }

  private let state = Locked(State())

  /// The identifiers of jobs that change from here on; it ends when nothing will change any more.
  func stream() -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(Self.kept))
    let number: Int? = state.withLock { state in
      guard !state.isOver else { return nil }
      state.next += 1
      state.readers[state.next] = continuation
      return state.next
    }
    guard let number else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { state in _ = state.readers.removeValue(forKey: number) }
    }
    return stream
  }

  /// How many read.
  var readers: Int { state.withLock { $0.readers.count } }

  /// Tells that a job has changed.
  func tell(_ id: String) {
    for reader in state.withLock({ Array($0.readers.values) }) { reader.yield(id) }
  }

  /// Ends all streams.
  func end() {
    let readers = state.withLock { state in
      state.isOver = true
      return Array(state.readers.values)
    }
    for reader in readers { reader.finish() }
  }
}
