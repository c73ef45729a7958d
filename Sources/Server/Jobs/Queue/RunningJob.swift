/// A job whose process is there.
struct RunningJob {
  /// What it shall do.
  let order: JobOrder
  /// Its process.
  let process: JobProcess
  /// Where its log ended when the process was started.
  let logStart: Int
  /// Whether somebody does not want it any more.
  var isCancelled = false
}

/// A job that cannot be started yet, because a process of an earlier start of it lives, or may live.
struct HeldJob {
  /// What it shall do.
  let order: JobOrder
  /// The process that an earlier server has started, where it is known.
  let process: ProcessIdentity?
  /// Whether the store says that it runs: the job then waits again, or is over, when the process is gone.
  let isRunning: Bool
}
