import ArgumentParser
import Documents
import Lab

/// `stresslab lint`: what is legal in scenarios and studies, but suspicious.
struct LintCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Says what is legal in scenarios and studies, but may not be what was meant.",
    discussion: """
      Rules: source (a number without an origin), effect (an event that changes nothing on the first 64 paths), start (an event \
      that comes after the horizon on nearly all paths), leverage (an agent that aims for more than the venue lends), warning \
      (what validate warns of).

      Exit codes: 0 nothing is suspicious, 1 something is, 2 a document is wrong.
      """)

  @Argument(
    help: ArgumentHelp("Scenarios and studies; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var files: [String]

  @Flag(name: .shortAndLong, help: "Say nothing but what is suspicious.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let contents = try StandardInput.contents(for: files)
    var problems: [Problem] = []
    var found: [Problem] = []
    var good: [String] = []
    for file in files {
      do throws(Problems) {
        let study = try StudyFile(reading: [file], repository: Program.repository, contents: contents)
        let findings = LintRule.findings(in: study, isOfScenario: study.namesScenarios)
        if findings.isEmpty { good.append("\(PrintableText.escaped(file)): nothing suspicious") }
        found += findings
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    var seen: Set<Problem> = []
    let lines = good.filter { _ in !quiet } + found.filter { seen.insert($0).inserted }.map { "\($0)" }
    if !lines.isEmpty { try Output.write(lines.joined(separator: "\n")) }
    if !found.isEmpty { throw ExitCode(1) }
  }
}
