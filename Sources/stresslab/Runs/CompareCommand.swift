import ArgumentParser
import Documents
import Glibc
import Lab
import Reports
import Statistics

/// `stresslab compare`: a run and others that are held against it, desk by desk.
struct CompareCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares reports with one of them, desk by desk, path by path where the paths are the same.",
    discussion: """
      Differences are the candidate's figure less the baseline's. A desk is worse where even the upper bound of its \
      difference in survival is under the margin, not worse where the lower bound reaches it, and else too close to call; \
      each bound is one-sided, with 95 % confidence. Each of several candidates is held against the baseline alone.

      Exit codes: 0 no desk is worse, 1 one is, 2 the runs cannot be compared.
      """)

  @Argument(
    help: ArgumentHelp("The folder of the run that is judged by.", valueName: "baseline"), completion: .directory)
  var baseline: String

  @Argument(
    help: ArgumentHelp("The folders of the runs that are judged.", valueName: "candidate"), completion: .directory)
  var candidates: [String]

  @Option(help: "By how much less a candidate may survive and still be not worse: 0.01 is one path in a hundred.")
  var margin = 0.0

  @Flag(help: "Let desks that are too close to call count as worse.")
  var strict = false

  @Flag(help: "Print the comparison as JSON on standard output; of several candidates, a list of them.")
  var json = false

  @Option(help: "Write the verdicts as JUnit XML into this file.", completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(
    help: "Write a page that shows the desks side by side into this file.", completion: .file(extensions: ["html"]))
  var page: String?

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let junitFile = junit.map { FileReplacement($0, option: "--junit") }
    let pageFile = page.map { FileReplacement($0, option: "--page") }
    try junitFile?.check(overwrite: true)
    try pageFile?.check(overwrite: true)
    let comparisons = try RunComparison.all(
      baseline: ReportFolder(baseline), candidates: candidates.map { ReportFolder($0) }, margin: margin)
    let reports = zip(candidates, comparisons).map { candidate, comparison in
      ComparisonReport(comparison, baseline: baseline, candidate: candidate, isStrict: strict)
    }
    try junitFile?.write { give in _ = give(Array(JUnitSuite.document(reports.map(\.junit)).utf8)) }
    if let page {
      let text = ComparisonPage(
        baseline: ComparedReport(ReportFolder(baseline), from: page),
        candidates: zip(candidates, comparisons).map { (ComparedReport(ReportFolder($0), from: page), $1) }
      ).text
      try pageFile?.write { give in _ = give(Array(text.utf8)) }
    }
    if json {
      try Output.write(ComparisonReport.json(reports))
    } else if !quiet {
      try Output.write(ComparisonReport.text(reports, Ink(coloring.color, on: STDOUT_FILENO)))
    }
    guard !comparisons.contains(where: { $0.isWorse(isStrict: strict) }) else { throw ExitCode(1) }
  }
}
