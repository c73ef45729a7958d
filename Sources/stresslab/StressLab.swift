import ArgumentParser

/// The program: one subcommand per job.
struct StressLab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stresslab",
    abstract: "Puts trading agents through stressed markets and says how they fare, with error bars.",
    version: "0.1.0",
    subcommands: [])
}
