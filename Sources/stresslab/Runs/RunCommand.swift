import ArgumentParser
import Documents
import Foundation
import Glibc
import Lab
import Reports
import Tracking

/// `stresslab run`: the main job.
struct RunCommand: FollowedCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs scenarios or a study and writes a report.",
    discussion: """
      A study names its scenarios itself. Scenarios alone run under the default study: studies/default.json beside the \
      scenario, or else the one inside the program.

        stresslab run scenarios/flash-crash.json
        stresslab run mine.json --paths 2000 --agents hold,momentum
        stresslab template scenario | stresslab run -
      """)

  @Argument(
    help: ArgumentHelp(
      "One study, or one or more scenarios; - is standard input, whose paths count from the working folder.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var files: [String]

  @Option(help: "Paths of each scenario and severity; the study's number unless given.")
  var paths: Int?

  @Option(help: "The first path; further ranges go into the same folder with --resume.")
  var firstPath: Int?

  @Option(help: "What all draws follow from; the study's unless given.")
  var seed: UInt64?

  @Option(help: "Only these agents of the panel, with commas between them.")
  var agents: String?

  @Option(help: "Only these risk profiles, with commas between them.")
  var risk: String?

  @Option(
    help: "A study under which the scenarios run, in place of those that it names.",
    completion: .file(extensions: ["json"]))
  var study: String?

  @Option(
    help: "Write every measure of every desk as one table into this file: Markdown if it ends in .md, else CSV.",
    completion: .file(extensions: ["csv", "md"]))
  var table: String?

  @Option(
    help: "Write every fill of every desk on the run's first path into this file, with its costs, as CSV.",
    completion: .file(extensions: ["csv"]))
  var trades: String?

  @Option(
    help: "Write every desk's account on the run's first path into this file, a row for each bar, as CSV.",
    completion: .file(extensions: ["csv"]))
  var equity: String?

  @Option(help: "Severities of the events in place of the study's, with commas between them.")
  var severity: String?

  @Option(help: "Worker threads; all cores unless given. Never changes a result.")
  var threads: Int?

  @Option(help: "Paths that advance in lockstep on one core, a multiple of 8. Never changes a result.")
  var tile: Int?

  @Option(help: "The report's folder; reports/NAME unless given.", completion: .directory)
  var out: String?

  @Flag(help: "Go on with the same run where it stopped.")
  var resume = false

  @Flag(help: "Replace what the folder holds.")
  var overwrite = false

  @Flag(help: "Print the key figures as JSON on standard output.")
  var json = false

  @Flag(help: "Let criteria that are too close to call count as missed.")
  var strict = false

  @Option(help: "Write what the criteria came to as JUnit XML into this file.", completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what is run, and every tile that is finished.")
  var verbose = false

  @OptionGroup
  var following: EventsOption

  @OptionGroup
  var tracking: TrackingOptions

  @OptionGroup
  var coloring: ColorOption

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  func work(_ events: EventFile?) throws {
    try tracking.onShelf { try run(keeping: tracking.record(), events) }
  }

  /// - Parameters:
  ///   - keeper: keeps the run on record.
  ///   - events: gets what happens.
  private func run(keeping keeper: RecordKeeper?, _ events: EventFile?) throws {
    let file = try StudyFile(
      reading: files, under: study, repository: Program.repository,
      contents: try StandardInput.contents(for: files + [study].compactMap(\.self)))
    let settings = try settings()
    let whole = try RunPlan(file, settings)
    let folder = ReportFolder(out ?? "reports/\(file.name)")
    let outputs = (
      table: table.map { FileReplacement($0, option: "--table") },
      junit: junit.map { FileReplacement($0, option: "--junit") },
      trades: trades.map { FileReplacement($0, option: "--trades") },
      equity: equity.map { FileReplacement($0, option: "--equity") }
    )
    // Not after the minutes that a run takes.
    for file in [outputs.table, outputs.junit, outputs.trades, outputs.equity] { try file?.check(overwrite: true) }
    let stopped = "Stopped. What was finished is in \(folder.path); the same command with --resume goes on."
    Interrupts.watch(farewell: PrintableText.escaped(stopped))
    if !quiet { try BarsNotice.say(of: file.scenarios.flatMap(\.scenario.files)) }
    if !quiet { for absence in whole.absences where verbose || file.isNews(absence) { Output.error("\(absence)") } }
    if !quiet, let note = whole.pathsNote { Output.error(note) }
    if verbose { Output.error(whole.text) }
    var printer = ProgressPrinter(isQuiet: quiet, isVerbose: verbose)
    var didRun = false
    var plan = whole
    var ending = Runner.Ending.interrupted
    let record = StressRecord(whole, in: folder)
    let told = events.map { RunEvents($0, whole, isResumed: resume) }
    do {
      for (look, paths) in whole.looks.enumerated() {
        plan = paths == whole.paths.count ? whole : try RunPlan(file, settings.with(paths: paths))
        ending = try Runner(plan, into: folder, gitRevision: Program.gitRevision).run(
          resume: resume || look > 0, overwrite: overwrite && look == 0, shouldStop: { Interrupts.isRequested },
          begun: { fingerprint in
            guard let keeper, !keeper.isRecording else { return }
            keeper.begin(
              record.beginning(
                fingerprint: fingerprint, in: keeper.folder, isResumed: resume, gitRevision: Program.gitRevision,
                experiment: keeper.experiment, time: keeper.clock.now()))
          },
          report: {
            didRun = true
            printer.show($0)
          }, events: told)
        if case .finished(let summary) = ending, !summary.isPreciseEnough { continue }
        break
      }
    } catch {
      // What it failed at is said alone.
      told?.stop()
      if let keeper { keeper.end(RunEnding(.failed, time: keeper.clock.now()), patience: 1) }
      throw error
    }
    printer.end()
    switch ending {
    case .interrupted:
      told?.stop()
      if let keeper { keeper.end(RunEnding(.killed, time: keeper.clock.now()), patience: 0.3) }
      Output.error(stopped)
      throw ExitCode.interrupted
    case .finished(let summary):
      do throws(StoreProblem) {
        try Report(summary, threads: plan.settings.threads).write(to: folder)
      } catch {
        if let keeper { keeper.end(RunEnding(.failed, time: keeper.clock.now()), patience: 1) }
        throw error.whereTheSystemFailed(Runner.howToGoOn)
      }
      keeper?.end(record.ending(summary, time: keeper?.clock.now() ?? 0))
      let verdicts = CriteriaReport(summary, isStrict: strict)
      try outputs.table?.write { give in
        _ = give(Array(MeasureTable(summary).text(isMarkdown: table?.hasSuffix(".md") ?? false).utf8))
      }
      try outputs.junit?.write { give in _ = give(Array(verdicts.junit.xml.utf8)) }
      if outputs.trades != nil || outputs.equity != nil {
        let tables = LedgerTables(PathLedger(plan))
        try outputs.trades?.write { give in _ = give(Array(tables.trades.utf8)) }
        try outputs.equity?.write { give in _ = give(Array(tables.equity.utf8)) }
      }
      if !quiet, let note = plan.note(on: summary.run, in: folder.path, didRun: didRun) { Output.error(note) }
      if json {
        try Output.write(Headline(summary, folder: folder.path).json)
      } else if !quiet {
        try Output.write(
          Headline(summary, folder: folder.path).text(
            Ink(coloring.color, on: STDOUT_FILENO), width: Terminal.outputWidth))
        for line in verdicts.lines { try Output.write(line) }
      }
      keeper?.finish()
      if verdicts.isMissed { throw ExitCode(1) }
    }
  }

  private func settings() throws(Refusal) -> RunSettings {
    RunSettings(
      paths: paths, firstPath: firstPath, seed: seed, agents: agents.map(Self.words),
      severities: try severity.map { text throws(Refusal) in
        try Self.words(text).map { word throws(Refusal) in
          guard let number = Double(word) else { throw Refusal("--severity \(word) is not a number") }
          return number
        }
      }, risks: risk.map(Self.words), threads: threads, tile: tile)
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
