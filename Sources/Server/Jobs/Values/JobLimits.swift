/// How much jobs may take.
package struct JobLimits: Sendable, Hashable {
  /// Processes at once.
  package let running: Int
  /// Jobs that wait; more are refused.
  package let queued: Int
  /// Jobs that are remembered when they are over; those that ended first go, with their folders.
  package let kept: Int
  /// Address space of a process, in bytes; nil for as much as there is.
  package let memory: UInt64?
  /// How much lower the priority of a process is than the server's, so that pages stay quick.
  package let niceness: Int32
  /// How long a process that is asked to stop has for it; then it is ended.
  package let patience: Duration

  /// Limits.
  package init(
    running: Int = 1, queued: Int = 100, kept: Int = 10_000, memory: UInt64? = nil, niceness: Int32 = 10,
    patience: Duration = .seconds(10)
  ) {
    self.running = running
    self.queued = queued
    self.kept = kept
    self.memory = memory
    self.niceness = niceness
    self.patience = patience
  }
}
