import ArgumentParser
import Documents
import Lab
import Tracking

/// What a version is held against, and how strictly.
struct GateOptions: ParsableArguments {
  @Option(
    name: .customLong("margin"),
    help: ArgumentHelp(
      """
      By how much it may do worse: measure=amount, such as survival=0.01 or executionCostBps=2; a number alone is of \
      survival. Survival and finalReturnMean are always judged, with 0 unless given. May be given more than once.
      """, valueName: "margin"))
  var margins: [String] = []

  @Flag(help: "Let desks that are too close to call count as worse.")
  var strict = false

  @Option(help: "Paths of each scenario and severity; the study's number unless given.")
  var paths: Int?

  @Option(help: "What all draws follow from; the study's unless given.")
  var seed: UInt64?

  @Option(help: "Worker threads; all cores unless given. Never changes a result.")
  var threads: Int?

  /// How the runs are made.
  var settings: RunSettings { RunSettings(paths: paths, seed: seed, threads: threads) }
}

/// A version held against the champion in studies.
struct Gate {
  let models: ModelStore
  let options: GateOptions
  let keeper: RecordKeeper?
  let isQuiet: Bool
  /// How many studies are judged together.
  var studies = 1

  /// What one study came to.
  struct Finding {
    let study: String
    let check: ModelCheck
    let faults: [String]
    let report: ComparisonReport
    let note: String
  }

  /// Runs a study with a version, and holds it against the champion's record.
  ///
  /// - Throws: also `ExitCode.interrupted`.
  func finding(_ version: ModelVersion, against champion: ModelVersion, in study: String) throws -> Finding {
    let margins = try Margins(options.margins)
    var printer = ProgressPrinter(isQuiet: isQuiet, isVerbose: false)
    Interrupts.watch()
    let check = VersionCheck(
      models, champion: champion, version: version, study: study, options.settings,
      contents: try StandardInput.contents(for: [study]))
    let outcome = try check.run(
      margins: margins, studies: studies, shouldStop: { Interrupts.isRequested }, report: { printer.show($0) })
    printer.end()
    guard let outcome else {
      Output.error("Stopped. What was finished is kept; the same command goes on.")
      throw ExitCode.interrupted
    }
    if let keeper {
      for run in outcome.runs {
        keeper.begin(
          run.record.beginning(
            fingerprint: run.fingerprint, in: keeper.folder, isResumed: true, gitRevision: Program.gitRevision,
            experiment: keeper.experiment, time: keeper.clock.now()))
        keeper.end(run.record.ending(run.summary, time: keeper.clock.now()))
      }
    }
    let faults = margins.faults(in: outcome.comparison, isStrict: options.strict)
    let verdict = faults.isEmpty ? "not worse beyond the margins" : faults.joined(separator: "; ")
    let noted = ModelCheck(
      study: study, champion: champion.version, version: version.version,
      time: WallClock.system.now(), isWorse: !faults.isEmpty, verdict: verdict)
    try models.note(noted, of: version.name, in: outcome.place)
    let note =
      outcome.wasOnRecord
      ? "\(champion.title) is judged by its record in \(outcome.baseline)."
      : "\(champion.title) had no record of this study; it is in \(outcome.baseline) now."
    return Finding(
      study: study, check: noted, faults: faults,
      report: ComparisonReport(
        outcome.comparison, baseline: champion.title, candidate: version.title, isStrict: options.strict), note: note)
  }
}
