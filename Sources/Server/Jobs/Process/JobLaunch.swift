/// How a job's process is started.
struct JobLaunch: Sendable {
  /// The program, by its path.
  let program: String
  /// Its arguments, as they are: there is no shell.
  let arguments: [String]
  /// Where it runs.
  let workspace: String
  /// All that it sees of the environment.
  let environment: [String: String]
  /// Where its standard output goes, at the end of what is there.
  let output: String
  /// Where its standard error goes, at the end of what is there.
  let log: String
  /// Address space that it may have, in bytes; nil for no limit.
  let memory: UInt64?
  /// How much lower its priority is than ours.
  let niceness: Int32
}
