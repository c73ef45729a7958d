import Digests
import Documents
import Foundation
import Lab
import Threads

/// Keeps a run on record while it goes on, from a thread of its own: the run hands over what it knows and never waits, whatever
/// the disk does. What could not be written is tried again with what comes next, and in the end.
package final class RunRecorder: Sendable {
  /// Figures that wait to be written, at most. More are left out while the run goes on; its end brings all of them again.
  package static let capacity = 50_000
  /// Seconds between two transactions while the run goes on.
  private static let pause = 0.5

  private let folder: TrackingFolder
  private let sender: RunSender?
  private let state: Locked<State>
  private let work = Signal()
  private let isDone = Signal()

  private struct State {
    var beginning: RunBeginning?
    var run: String?
    var points: [MetricPoint] = []
    var ending: RunEnding?
    var isOver = false
    var problem: String?
  }

  /// A recorder of a run that begins.
  ///
  /// - Parameter sender: takes the run to a server; nil where none is named.
  package init(_ beginning: RunBeginning, in folder: TrackingFolder, sender: RunSender?) {
    self.folder = folder
    self.sender = sender
    state = Locked(State(beginning: beginning))
    // The thread ends with the run, or with the process.
    let thread = Thread { [self] in work(until: Self.pause) }
    thread.name = "record"
    thread.start()
    work.say()
  }

  /// Takes figures; never waits for the disk.
  package func add(_ points: [MetricPoint]) {
    state.withLock { state in
      guard state.points.count + points.count <= Self.capacity else { return }
      state.points += points
    }
  }

  /// Takes the end of the run, and waits until it is on record, or until it is plain that it can't be.
  ///
  /// - Parameter patience: seconds to wait at most.
  /// - Returns: the run's identifier; or why there is no record of it, as a part of a sentence.
  package func end(_ ending: RunEnding, patience: Double = 10) -> Result<String, RecordingFailure> {
    state.withLock { state in
      state.ending = ending
      state.isOver = true
    }
    work.say()
    guard isDone.wait(seconds: patience) else {
      return .failure(RecordingFailure(description: "\(folder.store) takes too long to be written"))
    }
    let (run, problem) = state.withLock { ($0.run, $0.problem) }
    guard let run, problem == nil else {
      return .failure(RecordingFailure(description: problem ?? "\(folder.store) was not written"))
    }
    return .success(run)
  }

  private func work(until pause: Double) {
    while true {
      _ = work.wait(seconds: pause)
      let isOver = state.withLock { $0.isOver }
      if isOver || FileHandles.arePlenty { write() }
      if isOver {
        isDone.say()
        return
      }
    }
  }

  /// Writes what waits; puts it back where that fails.
  private func write() {
    let (beginning, points, ending, known) = state.withLock { state in
      let waiting = (state.beginning, state.points, state.ending, state.run)
      state.points = []
      return waiting
    }
    guard beginning != nil || !points.isEmpty || ending != nil else { return }
    do throws(StoreProblem) {
      let store = try TrackingStore.open(folder)
      let run: String
      if let beginning {
        run = try store.begin(beginning)
      } else if let known {
        run = known
      } else {
        return
      }
      state.withLock { ($0.run, $0.beginning) = (run, nil) }
      if let sender, beginning != nil { try store.want(run, on: sender.server) }
      if !points.isEmpty { try store.add(points, to: run) }
      if let ending { try store.end(run, ending, artefacts: Self.artefacts(ending.files)) }
      try store.close()
      state.withLock { $0.problem = nil }
      sender?.send(run)
    } catch {
      state.withLock { state in
        state.problem = error.description
        state.points = Array((points + state.points).prefix(Self.capacity))
      }
    }
  }

  /// Files as they lie there; what is not there is left out.
  private static func artefacts(_ files: [(path: String, file: String)]) -> [Artefact] {
    files.compactMap { path, file in
      guard let bytes = FileManager.default.contents(atPath: file) else { return nil }
      return Artefact(
        path: path, file: URL(fileURLWithPath: file).standardizedFileURL.path, sha256: Digest.sha256(bytes),
        bytes: bytes.count)
    }
  }
}

/// Why a run is not on record.
package struct RecordingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// A part of a sentence.
  package let description: String
}
