/// How a tracked run stands; the words are MLflow's, so that both stores say the same.
package enum RunStatus: String, Sendable, Hashable, CaseIterable {
  /// It goes on, or was killed and may be resumed.
  case running = "RUNNING"
  /// It came to its end.
  case finished = "FINISHED"
  /// It ended by a fault.
  case failed = "FAILED"
  /// It was asked to stop.
  case killed = "KILLED"
}
