import ArgumentParser
import Documents
import Glibc
import Lab
import Tracking

/// `stresslab agents check`: whether a version got worse than the champion.
struct AgentsCheck: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Runs a study with a version, and says whether it is worse than the champion.",
    discussion: """
      The study names the champion in its panel, {"model": "policy", "folder": "agents:NAME@champion"}; the version takes \
      its place. Both meet the same paths, and are compared path by path; where the champion's record is of other paths, as \
      two samples, which is said. Worse is what is worse beyond the margin, by bounds so wide that of versions that \
      do not differ from the champion one in twenty at most is called worse in anything.

      Exit codes: 0 not worse, 1 worse, 2 the study or the agent is not as it should be.
      """)

  @Argument(help: "NAME:VERSION or NAME@ALIAS; a name alone means its candidate.")
  var agent: String

  @Option(help: "The study; those of earlier checks unless given.", completion: .file(extensions: ["json"]))
  var study: [String] = []

  @OptionGroup
  var gate: GateOptions

  @Flag(help: "Print the comparison as JSON on standard output.")
  var json = false

  @Option(help: "Write the verdicts as JUnit XML into this file.", completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var tracking: TrackingOptions

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let junitFile = junit.map { FileReplacement($0, option: "--junit") }
    try junitFile?.check(overwrite: true)
    let version = try models.version(ModelReference(agent), or: ModelStore.candidate)
    let champion = try models.version(ModelReference("\(version.name)@champion"), or: "champion")
    let studies = try study.isEmpty ? models.studies(of: version.name) : study
    guard !studies.isEmpty else { throw Refusal("no study is on record for \(version.name): name one with --study") }
    let keeper = try tracking.record()
    let gate = Gate(models: models, options: gate, keeper: keeper, isQuiet: quiet, studies: studies.count)
    let findings = try studies.map { try gate.finding(version, against: champion, in: $0) }
    try junitFile?.write { give in _ = give(Array(JUnitSuite.document(findings.map(\.report.junit)).utf8)) }
    if json {
      try Output.write(ComparisonReport.json(findings.map(\.report)))
    } else if !quiet {
      try Output.write(ComparisonReport.text(findings.map(\.report), Ink(coloring.color, on: STDOUT_FILENO)))
      for finding in findings { try Output.write(PrintableText.escaped(finding.note)) }
    }
    let faults = findings.flatMap(\.faults)
    for fault in faults { Output.error("Worse: \(fault).") }
    keeper?.finish()
    guard faults.isEmpty else { throw ExitCode(1) }
    if !quiet, !json { try Output.write("\(version.title) is not worse than \(champion.title) beyond the margins.") }
  }
}

/// `stresslab agents compare`: two versions of a model.
struct AgentsCompare: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Sets two versions of a model side by side, in a study where one is named.",
    discussion: """
      Without a study it says what is on record of both. With one, whose panel names agents:NAME@champion, both run in its \
      place on the same paths; differences are the second less the first.

      Exit codes: 0 the second is not worse, 1 it is, 2 they cannot be compared.
      """)

  @Argument(help: "The version that is judged by.")
  var first: String

  @Argument(help: "The version that is judged.")
  var second: String

  @Option(help: "A study whose panel names agents:NAME@champion.", completion: .file(extensions: ["json"]))
  var study: String?

  @OptionGroup
  var gate: GateOptions

  @Flag(help: "Print it as JSON on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var tracking: TrackingOptions

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let (one, other) = (try models.named(first), try models.named(second))
    guard let study else {
      if json {
        let both: [JSONValue] = [try models.wholeJSON(of: one), try models.wholeJSON(of: other)]
        return try Output.write(JSONWriter.write(.array(both), indented: true))
      }
      let listing = ModelListing(models)
      let same = one.sha256 == other.sha256 ? "\n\nThey are the same, to the last byte." : ""
      return try Output.write("\(try listing.text(one))\n\n\(try listing.text(other))\(same)")
    }
    guard one.name == other.name else {
      throw Refusal("\(one.title) and \(other.title) are of two models: a study puts versions of one in its place")
    }
    let keeper = try tracking.record()
    let gate = Gate(models: models, options: gate, keeper: keeper, isQuiet: quiet)
    let finding = try gate.finding(other, against: one, in: study)
    if json {
      try Output.write(ComparisonReport.json([finding.report]))
    } else if !quiet {
      try Output.write(ComparisonReport.text([finding.report], Ink(coloring.color, on: STDOUT_FILENO)))
    }
    for fault in finding.faults { Output.error("Worse: \(fault).") }
    keeper?.finish()
    guard finding.faults.isEmpty else { throw ExitCode(1) }
  }
}
