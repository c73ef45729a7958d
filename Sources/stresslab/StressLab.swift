import ArgumentParser
import Documents
import Lab

/// The program: one subcommand per job.
struct StressLab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stresslab",
    abstract: "Puts trading agents through stressed markets and says how they fare, with error bars.",
    discussion: """
      Begin with `stresslab template scenario > mine.json` and `stresslab run mine.json`.

      Exit codes: 0 done, 1 a criterion is missed, a report differs or a desk is worse, 2 wrong input, 70 a fault of \
      ours, 74 the system failed (disk, permissions, file handles, a closed output; --resume goes on), 130 interrupted \
      (and resumable).
      """,
    version: Program.version,
    subcommands: [
      RunCommand.self, TrainCommand.self, TuneCommand.self, ValidateCommand.self, LintCommand.self, DiffCommand.self,
      PreviewCommand.self,
      ListCommand.self,
      NewCommand.self, TemplateCommand.self, SchemaCommand.self,
      ReportCommand.self, VerifyCommand.self, InspectCommand.self, CompareCommand.self, CollectCommand.self,
      ImportCommand.self,
      DataCommand.self, FeaturesCommand.self, FitCommand.self,
      TrackCommand.self, AgentsCommand.self, ServeCommand.self,
    ])

  /// Runs a command that was parsed.
  static func run(_ command: inout any ParsableCommand) async throws {
    guard var lasting = command as? any AsyncParsableCommand else { return try command.run() }
    try await lasting.run()
  }

  /// What is wrong with the name of the subcommand, which the argument parser takes for an argument too many; nil when
  /// nothing is.
  static func complaint(about arguments: [String]) -> Refusal? {
    let names = configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    let word = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return nil }
    if word.hasSuffix(".json") { return Refusal("no command is called \(quoted(word)); did you mean \"run \(word)\"?") }
    return Refusal("no command is called \(quoted(word))\(Suggestion.hint(for: word, among: names))")
  }
}
