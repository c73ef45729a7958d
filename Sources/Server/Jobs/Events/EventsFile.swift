import Glibc
import Threads

/// A job's file of events while somebody follows it: one descriptor for all, each reads from a place of its own.
final class EventsFile: Sendable {
  /// The job.
  let job: String
  /// For reading.
  let descriptor: Int32
  /// What the kernel calls it when it says that it has changed.
  let watch: Int32

  private struct State {
    /// How often something has changed.
    var generation = 0
    var isOver = false
    /// Whether it was told of the job, so that what the store said before does not count.
    var wasTold = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiting = 0
  }

  private let state = Locked(State())

  /// Takes over both descriptors.
  init(job: String, descriptor: Int32, watch: Int32) {
    (self.job, self.descriptor, self.watch) = (job, descriptor, watch)
  }

  deinit { close(descriptor) }

  /// How often something has changed, and whether nothing more will be written.
  var standing: (generation: Int, isOver: Bool) { state.withLock { ($0.generation, $0.isOver) } }

  /// The file has changed.
  func wake() { change { _ in } }

  /// Whether more will be written, from now on.
  func tell(isOver: Bool) {
    change { state in
      state.isOver = isOver
      state.wasTold = true
    }
  }

  /// Whether more was to be written when the store was asked.
  func begin(isOver: Bool) {
    change { state in if !state.wasTold { state.isOver = isOver } }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiting = state.withLock { state in
      body(&state)
      state.generation += 1
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until something has changed since a generation, or the task is cancelled.
  func change(since generation: Int) async {
    let number = state.withLock { state in
      state.nextWaiting += 1
      return state.nextWaiting
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isLate = state.withLock { state in
          // A task that was cancelled before it came here is not woken any more.
          if state.generation != generation || Task.isCancelled { return true }
          state.waiting[number] = continuation
          return false
        }
        if isLate { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
  }
}
