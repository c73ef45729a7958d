import ArgumentParser
import Documents
import Glibc
import Lab
import Reports

/// `stresslab inspect`: one path of a run, lived through again and told.
struct InspectCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Lives through one path of a finished run again, and tells it step by step.",
    discussion: """
      What happened, the worst moment, what it cost by terms, which rule narrowed which decisions; with --json every step. \
      Documents are looked for where the run's command named them, from the working folder; what comes out has to be what \
      the store keeps of the path. Nothing is written.

        stresslab inspect reports/flash-crash --worst --agent momentum --risk none --severity 1
        stresslab inspect reports/flash-crash --path 17 --agent momentum --risk none --severity 1 --json
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Option(help: "The number of the path.")
  var path: Int64?

  @Flag(help: "The path that ended worst for the desk, of which the report's page tells.")
  var worst = false

  @Option(help: "The desk's agent; may be left out where the run has one.")
  var agent: String?

  @Option(help: "The desk's risk profile, likewise.")
  var risk: String?

  @Option(help: "The desk's scenario, likewise.")
  var scenario: String?

  @Option(help: "The severity of the desk's market, likewise.")
  var severity: Double?

  @Flag(help: "Print everything, step by step, as JSON on standard output.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  func validate() throws {
    guard (path == nil) == worst else {
      throw ValidationError(worst ? "--path and --worst exclude each other" : "say which path: --path or --worst")
    }
  }

  mutating func run() throws {
    let choice = DeskChoice(scenario: scenario, severity: severity, agent: agent, risk: risk)
    let inspection = try PathInspection(ReportFolder(folder), choice, path.map { .number($0) } ?? .worst)
    if json { return try Output.write(JSONWriter.write(inspection.json)) }
    let ink = Ink(coloring.color, on: STDOUT_FILENO)
    let lines = InspectionText(inspection).lines
    try Output.write(
      (lines.prefix(1).map(ink.bold) + lines.dropFirst().map { PrintableText.escaped($0) }).joined(separator: "\n"))
  }
}
