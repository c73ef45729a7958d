import Glibc

/// What the end of a job's process means for the job.
struct JobOutcome: Sendable, Hashable {
  /// Who asked the process to stop.
  enum Asking: Sendable, Hashable {
    case nobody
    /// Somebody who does not want the job any more.
    case cancelling
    /// The server that stops, and wants to go on with the job when it is there again.
    case draining
  }

  /// How the job stands now.
  let state: JobState
  /// With what its process ended.
  let exit: Int32?
  /// What there is to say, for people.
  let message: String?
  /// Whether it can be gone on with.
  let isResumable: Bool

  private init(_ state: JobState, exit: Int32? = nil, _ message: String?, isResumable: Bool) {
    (self.state, self.exit, self.message, self.isResumable) = (state, exit, message, isResumable)
  }

  /// A job that waits was cancelled, or its process was gone when somebody looked.
  static let cancelled = JobOutcome(.cancelled, "stopped on request", isResumable: true)
  /// A job has to wait again.
  static let again = JobOutcome(.queued, nil, isResumable: false)

  /// A process could not be started.
  static func notStarted(_ why: String) -> JobOutcome {
    JobOutcome(.failed, "its process could not be started: \(why)", isResumable: true)
  }

  /// What the end of a process means.
  ///
  /// - Parameters:
  ///   - complaint: the last line that it said on standard error.
  ///   - hasMemoryLimit: whether it might have wanted more memory than it may have.
  init(_ end: ProcessEnd, asked: Asking, complaint: String?, hasMemoryLimit: Bool = false) {
    let exit: Int32? = if case .exited(let code) = end { code } else { nil }
    let wasEndedByUs = asked != .nobody && (end.isInterruption || end == .signalled(SIGKILL))
    switch (end, asked) {
    case (_, .cancelling) where wasEndedByUs:
      self.init(.cancelled, exit: exit, "stopped on request", isResumable: true)
    case (_, .draining) where wasEndedByUs:
      self = .again
    case (_, _) where end.isInterruption:
      self.init(.interrupted, exit: exit, "its process was asked to stop by somebody else", isResumable: true)
    case (.exited(0), _): self.init(.finished, exit: exit, nil, isResumable: false)
    case (.exited(1), _):
      self.init(.missed, exit: exit, complaint ?? "a criterion or a gate was missed", isResumable: false)
    case (.exited(2), _): self.init(.failed, exit: exit, complaint ?? "its input was wrong", isResumable: false)
    case (.exited(74), _): self.init(.failed, exit: exit, complaint ?? "the system failed", isResumable: true)
    case (.exited(70), _):
      let cause = complaint.map { ": \($0)" } ?? ""
      self.init(.failed, exit: exit, "a fault of the program\(cause)", isResumable: true)
    case (.exited(let code), _):
      let cause = complaint.map { ": \($0)" } ?? ""
      self.init(.failed, exit: exit, "its process ended with exit code \(code)\(cause)", isResumable: true)
    case (.signalled(SIGKILL), _):
      self.init(
        .failed, "its process was killed from outside (SIGKILL), as the system does where memory runs out",
        isResumable: true)
    case (.signalled(let signal), _):
      let memory = hasMemoryLimit ? ", or more memory was wanted than a job may have" : ""
      self.init(
        .failed, "a fault of the program: its process was ended by \(ProcessEnd.name(of: signal))\(memory)",
        isResumable: true)
    case (.unknown, _): self.init(.failed, "how its process ended is not known", isResumable: true)
    }
  }
}
