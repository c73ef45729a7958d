/// How a job stands.
package enum JobState: String, Sendable, Hashable, Codable, CaseIterable {
  /// It waits for its turn: new, gone on with, or stopped with the server.
  case queued
  /// Its process is there.
  case running
  /// It is done.
  case finished
  /// It is done, and missed a criterion or a gate.
  case missed
  /// It ended by an error.
  case failed
  /// It was stopped because somebody asked for it here.
  case cancelled
  /// It stopped because somebody asked its process for it.
  case interrupted

  /// Whether nothing more happens to it by itself.
  package var isOver: Bool {
    switch self {
    case .queued, .running: false
    case .finished, .missed, .failed, .cancelled, .interrupted: true
    }
  }
}
