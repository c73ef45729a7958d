import ArgumentParser
import Documents
import Foundation
import Lab
import Learning
import Threads
import Tracking
import Training

/// `stresslab tune`: the best values of a training by successive halving.
struct TuneCommand: FollowedCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "tune", abstract: "Searches the values of a training that suit it best.",
    discussion: """
      All trials of a search train to the first rung, and of each rung the best go on to the next from where they are, judged \
      on validation paths. Writes tuning/NAME: a folder for each trial, tuning.json and trials.csv with all that was tried, \
      and best, the winner, which a panel takes as {"model": "policy", "folder": "…"}. The winner is tested on paths that \
      no trial has seen, and the probabilistic and the deflated Sharpe ratio say how much of the find may be luck. Ctrl-C \
      leaves checkpoints; a second one ends it at once.

        stresslab tune scenarios/tuning/example.json
        stresslab tune mine.json --seed 2 --out tuning/again
        stresslab tune mine.json --resume
      """)

  @Argument(help: "A search; - is standard input.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(help: "What all draws follow from, in place of the document's seeds.")
  var seed: Int?

  @Option(help: "Trainings side by side; all cores unless given. Never changes a result.")
  var threads: Int?

  @Option(help: "The folder; tuning/NAME unless given.", completion: .directory)
  var out: String?

  @Flag(help: "Go on with the same search where it stopped.")
  var resume = false

  @Flag(help: "Replace what the folder holds.")
  var overwrite = false

  @Flag(help: "Print tuning.json on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say every trial that has reached its rung.")
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
    let keeper = try tracking.record()
    if let seed, seed < 0 { throw Refusal("--seed \(seed) is not a whole number from 0") }
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard (1...256).contains(threads) else { throw Refusal("--threads \(threads) is not a number from 1 to 256") }
    let file = try TuningFile(reading: file, seed: seed, contents: try StandardInput.contents(for: [file]))
    let folder = out ?? "tuning/\(file.name)"
    let search = Tuning(file, folder: folder)
    if !resume, !overwrite { try search.refuseSearch() }
    if !quiet { try BarsNotice.say(of: file.training.scenarios.flatMap(\.scenario.files)) }
    Interrupts.watch()
    let record = try kept(search, threads: threads, keeper, events)
    keeper?.finish()
    guard let record else {
      Output.error("Stopped. What was learned is in \(folder); the same command with --resume goes on.")
      throw ExitCode.interrupted
    }
    if json {
      try Output.write(JSONWriter.write(record.json, indented: true))
    } else if !quiet {
      try Output.write(TuningTable(record, folder: folder).lines.joined(separator: "\n"))
    }
    guard record.winner != nil else {
      throw Refusal("no trial of \(folder) came to a figure: \(TuningTable.failure(of: record))")
    }
  }

  /// Searches, and keeps it on record.
  private func kept(
    _ search: Tuning, threads: Int, _ keeper: RecordKeeper?, _ events: EventFile?
  ) throws -> TuningRecord? {
    guard let keeper else { return try searched(search, threads: threads, events) { _ in } }
    let record = SearchRecord(search.file, in: search.folder)
    // What is refused is no run: it begins with the first that is told of it.
    let begun = Locked<Int64?>(nil)
    let clock = keeper.clock
    func keep(_ status: RunStatus, _ made: TuningRecord?, patience: Double = 10) {
      guard let start = begun.withLock({ $0 }) else { return }
      keeper.begin(
        record.beginning(
          in: keeper.folder, isResumed: resume, gitRevision: Program.gitRevision, experiment: keeper.experiment,
          time: start))
      keeper.end(record.ending(status, made, time: clock.now()), patience: patience)
    }
    do {
      let made = try searched(search, threads: threads, events) { _ in begun.withLock { $0 = $0 ?? clock.now() } }
      keep(made == nil ? .killed : .finished, made)
      return made
    } catch {
      keep(.failed, nil, patience: 1)
      throw error
    }
  }

  /// Searches in a folder that nobody else may write to, and shows how far it is.
  ///
  /// - Parameters:
  ///   - events: gets what happens.
  ///   - hear: gets the news.
  /// - Returns: nil where it was asked to stop.
  private func searched(
    _ search: Tuning, threads: Int, _ events: EventFile?, _ hear: @escaping @Sendable (TuningNews) -> Void
  ) throws -> TuningRecord? {
    let folder = search.folder
    let lock = try ReportFolder(folder).makeAndLock()
    defer { ReportFolder.unlock(lock) }
    let display = Locked(TuningDisplay(search.file, ProgressPrinter(isQuiet: quiet, isVerbose: verbose)))
    defer { display.withLock { $0.end() } }
    let told = Locked(events.map { TuningEvents($0, search, isResumed: resume) })
    do {
      let ending = try search.run(
        threads: threads, resume: resume, overwrite: overwrite, origin: "stresslab \(Program.version)",
        shouldStop: { Interrupts.isRequested },
        report: { news in
          hear(news)
          told.withLock { $0?.tell(news) }
          display.withLock { $0.show(news) }
        })
      guard case .finished(let record) = ending else { return nil }
      return record
    } catch let failure as WholeFile.Failure {
      throw SystemFailure("\(folder) can't be written to", failure.fault)
    } catch let fault as SystemFault {
      throw SystemFailure("\(folder) can't be read", fault)
    } catch let error where error is CocoaError || (error as NSError).domain == NSPOSIXErrorDomain {
      throw SystemFailure("\(folder) can't be written to", SystemFault(error) ?? .other(SystemFault.words(of: error)))
    }
  }
}
