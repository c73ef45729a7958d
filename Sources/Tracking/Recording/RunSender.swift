import Foundation
import Threads

/// Takes runs to a server while they go on, from a thread of its own. A server that is away, slow or gone costs the run
/// nothing: what it lacks stays in the local store, and `stresslab track push` sends it.
package final class RunSender: Sendable {
  /// The server's address.
  package let server: String
  private let push: RunPush
  private let state = Locked(State())
  private let work = Signal()
  private let isDone = Signal()

  private struct State {
    /// Runs with something to send, in their order.
    var waiting: [String] = []
    /// Whether one of them is on its way.
    var isSending = false
    var isOver = false
    /// Whether a request has ever been answered.
    var wasReached = false
    /// What went wrong at the last attempt; nil after one that went well.
    var problem: String?
    var losses: [String] = []
    var nextTry = Date.distantPast
    var failures = 0
  }

  /// Seconds between two attempts, at least; doubled after each that fails, up to `longestPause`.
  private static let pause = 1.0
  private static let longestPause = 30.0

  /// A sender to a client's server, of a folder's runs.
  package init(_ folder: TrackingFolder, to client: MLflowClient) {
    server = client.server.address
    push = RunPush(folder, to: client)
    let thread = Thread { [self] in serve() }
    thread.name = "send"
    thread.start()
  }

  /// Notes that there is something new of a run.
  func send(_ run: String) {
    state.withLock { state in
      if !state.waiting.contains(run) { state.waiting.append(run) }
    }
    work.say()
  }

  /// What came of it.
  package struct Outcome: Sendable, Hashable {
    /// Why not all was sent; nil where it was.
    package let problem: String?
    /// What is lost to the server for good, in words.
    package let losses: [String]
  }

  /// Sends the rest.
  ///
  /// - Parameters:
  ///   - patience: seconds that may take, where the server has answered before and goes on answering.
  ///   - grace: seconds to wait for a server that has not answered yet.
  ///   - shouldStop: asked while it waits; when true it waits no longer.
  package func finish(
    patience: Double = 60, grace: Double = 4, shouldStop: () -> Bool = { false }
  ) -> Outcome {
    let isAnswering = state.withLock { state in
      state.isOver = true
      // After a failure one more attempt is for `track push`: nobody waits for it here.
      return state.wasReached && state.problem == nil
    }
    let hasFailed = state.withLock { $0.problem != nil }
    work.say()
    let slice = 0.1
    var slices = Int(((hasFailed ? slice : isAnswering ? patience : grace) / slice).rounded(.up))
    while slices > 0, !isDone.wait(seconds: slice), !shouldStop() { slices -= 1 }
    return state.withLock { state in
      let isDelivered = state.waiting.isEmpty && !state.isSending && state.problem == nil
      return Outcome(
        problem: isDelivered ? nil : state.problem ?? "\(server) does not answer", losses: state.losses)
    }
  }

  private func serve() {
    while true {
      _ = work.wait(seconds: Self.pause)
      let (next, isOver, mayTry) = state.withLock { state in
        (
          state.waiting.first, state.isOver,
          state.isOver ? state.problem == nil : FileHandles.arePlenty && Date() >= state.nextTry
        )
      }
      guard let next, mayTry else {
        if isOver {
          isDone.say()
          return
        }
        continue
      }
      // What comes in while this is sent is for the next round.
      state.withLock { state in
        state.waiting.removeFirst()
        state.isSending = true
      }
      do {
        let losses = try push.push(next)
        state.withLock { state in
          state.losses += losses
          (state.problem, state.wasReached, state.failures, state.isSending) = (nil, true, 0, false)
          state.nextTry = Date() + Self.pause
        }
      } catch {
        state.withLock { state in
          if !state.waiting.contains(next) { state.waiting.insert(next, at: 0) }
          (state.problem, state.isSending) = ("\(error)", false)
          state.failures += 1
          let pause = min(Self.pause * Double(1 << min(state.failures, 10)), Self.longestPause)
          state.nextTry = Date() + pause
        }
      }
    }
  }
}
