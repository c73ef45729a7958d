import ArgumentParser
import Lab

/// The program: one subcommand per job.
struct StressLab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stresslab",
    abstract: "Puts trading agents through stressed markets and says how they fare, with error bars.",
    discussion: """
      Exit codes: 0 done, 2 wrong input, 70 a fault of ours, 74 the system failed (disk, permissions, file \
      handles; --resume goes on), 130 interrupted (and resumable).
      """,
    version: Program.version,
    subcommands: [
      RunCommand.self, ValidateCommand.self, ListCommand.self, SchemaCommand.self, ReportCommand.self,
      FeaturesCommand.self,
    ])
}
