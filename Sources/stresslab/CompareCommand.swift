import ArgumentParser
import Documents
import Glibc
import Lab
import Reports
import Statistics

/// `stresslab compare`: two runs, desk by desk.
struct CompareCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two reports desk by desk, path by path where the paths are the same.",
    discussion: """
      Differences are the candidate's figure less the baseline's. A desk is worse where even the upper bound of its \
      difference in survival is under the margin, not worse where the lower bound reaches it, and else too close to call; \
      each bound is one-sided, with 95 % confidence.

      Exit codes: 0 no desk is worse, 1 one is, 2 the runs cannot be compared.
      """)

  @Argument(
    help: ArgumentHelp("The folder of the run that is judged by.", valueName: "baseline"), completion: .directory)
  var baseline: String

  @Argument(help: ArgumentHelp("The folder of the run that is judged.", valueName: "candidate"), completion: .directory)
  var candidate: String

  @Option(help: "By how much less a candidate may survive and still be not worse: 0.01 is one path in a hundred.")
  var margin = 0.0

  @Flag(help: "Let desks that are too close to call count as worse.")
  var strict = false

  @Flag(help: "Print the comparison as JSON on standard output.")
  var json = false

  @Option(help: "Write the verdicts as JUnit XML into this file.", completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let output = junit.map { FileReplacement($0, option: "--junit") }
    try output?.check(overwrite: true)
    let comparison = try RunComparison(
      baseline: ReportFolder(baseline), candidate: ReportFolder(candidate), margin: margin)
    let report = ComparisonReport(comparison, baseline: baseline, candidate: candidate, isStrict: strict)
    try output?.write { give in _ = give(Array(report.junit.xml.utf8)) }
    if json {
      try Output.write(report.json)
    } else if !quiet {
      try Output.write(report.text(Ink(coloring.color, on: STDOUT_FILENO)))
    }
    guard !comparison.isWorse(isStrict: strict) else { throw ExitCode(1) }
  }
}
