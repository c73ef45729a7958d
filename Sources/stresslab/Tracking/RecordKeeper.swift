import Documents
import Foundation
import Lab
import Tracking

/// Keeps the runs of a command on record, in the local store and on a server where one is named. Nothing of it changes what the
/// command does or how it ends: what can't be kept is said in one line.
final class RecordKeeper {
  /// Where.
  let folder: TrackingFolder
  /// What MLflow is to call the experiment; nil: as the kind of run is called.
  let experiment: String?
  private let sender: RunSender?
  private let server: MLflowAddress?
  private var recorder: RunRecorder?
  private var problem: String?
  /// Time of the records.
  let clock = WallClock.system

  init(_ folder: TrackingFolder, server: MLflowAddress?, experiment: String?) {
    self.folder = folder
    self.server = server
    self.experiment = experiment.flatMap { $0.isEmpty ? nil : $0 }
    sender = server.map { RunSender(folder, to: MLflowClient($0, over: NetworkExchange(), patience: 5)) }
  }

  /// A run begins.
  func begin(_ beginning: RunBeginning) {
    recorder = RunRecorder(beginning, in: folder, sender: sender)
  }

  /// Figures of the run that goes on.
  func add(_ points: [MetricPoint]) { recorder?.add(points) }

  /// Whether a run goes on.
  var isRecording: Bool { recorder != nil }

  /// The run has come to its end.
  ///
  /// - Parameter patience: seconds to wait for the disk at most.
  /// - Returns: its identifier; nil where it is not on record.
  @discardableResult
  func end(_ ending: RunEnding, patience: Double = 10) -> String? {
    guard let recorder else { return nil }
    self.recorder = nil
    switch recorder.end(ending, patience: patience) {
    case .success(let run): return run
    case .failure(let failure):
      problem = problem ?? failure.description
      return nil
    }
  }

  /// Notes what else could not be kept.
  func note(_ problem: String) { self.problem = self.problem ?? problem }

  /// All runs of the command are over: sends the rest, and says what could not be kept.
  func finish() {
    let outcome = problem == nil ? sender?.finish(shouldStop: { Interrupts.isRequested }) : nil
    if let problem { Output.error("Not on record: \(problem).") }
    if let outcome {
      for loss in outcome.losses { Output.error("Not sent to MLflow: \(loss).") }
      if let problem = outcome.problem {
        Output.error("Not sent yet: \(problem). It is on record in \(folder.path); `stresslab track push` sends it.")
      }
    }
  }
}
