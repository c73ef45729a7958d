import ArgumentParser
import Documents
import Foundation
import Lab
import Learning
import Reports
import Tracking
import Training

/// `stresslab train`: an agent from a training document.
struct TrainCommand: FollowedCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains an agent.",
    discussion: """
      Writes agents/NAME/seed-N for every seed of the document: the agent, which a panel takes as \
      {"model": "policy", "folder": "…"}, with its learning curves beside it. Ctrl-C leaves a checkpoint after the update \
      that is being made, a second one ends it at once. A document with windows over recorded bars ("walkForward") makes an \
      agent for each of them, and in the end equity.csv and walk-forward.json: what they made of bars that none had seen.

        stresslab train scenarios/training/calm.json
        stresslab train mine.json --seeds 1,2,3 --resume
      """)

  @Argument(help: "A training document.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(help: "Seeds in place of the document's, with commas between them.")
  var seeds: String?

  @Option(help: "Worker threads, 1 or 2. Never changes a result.")
  var threads = 2

  @Option(help: "The folder for all seeds; agents/NAME unless given.", completion: .directory)
  var out: String?

  @Flag(help: "Go on with the same training where it stopped.")
  var resume = false

  @Flag(help: "Replace what the folders hold.")
  var overwrite = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say every update.")
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
    let training = try TrainingFile(reading: file, contents: try StandardInput.contents(for: [file]))
    let folder = out ?? "agents/\(training.name)"
    let seeds = try self.seeds.map(Self.numbers) ?? training.plan.seeds
    func place(of seed: Int) -> String { "\(folder)/seed-\(seed)" }
    guard (1...2).contains(threads) else { throw Refusal("--threads \(threads) is neither 1 nor 2") }
    if !resume, !overwrite {
      // No refusal comes after the hours that earlier seeds take.
      for seed in seeds {
        guard !training.windows.isEmpty else {
          try TrainingFolder(place(of: seed)).refuseTraining()
          continue
        }
        try WalkForwardTraining(training, seed: seed, folder: place(of: seed)).refuseTraining()
      }
    }
    if !quiet { try BarsNotice.say(of: training.scenarios.flatMap(\.scenario.files)) }
    Interrupts.watch()
    var shelf = TrainedShelf(training, keeper)
    let told = events.map { TrainingEvents($0, training, seeds: seeds, folder: folder, isResumed: resume) }
    for seed in seeds {
      let lines =
        Interrupts.isRequested ? nil : try kept(training, seed, of: seeds.count, place(of: seed), &shelf, told)
      guard let lines else {
        Output.error("Stopped. What was learned is in \(folder); the same command with --resume goes on.")
        throw ExitCode.interrupted
      }
      if !quiet { try Output.write(lines) }
    }
    if let line = shelf.register(), !quiet { try Output.write(line) }
    keeper?.finish()
  }

  /// Trains with a seed, and keeps it on record.
  private func kept(
    _ file: TrainingFile, _ seed: Int, of seeds: Int, _ folder: String, _ shelf: inout TrainedShelf,
    _ told: TrainingEvents?
  ) throws -> String? {
    guard let keeper = shelf.keeper else { return try lines(file, seed, of: seeds, folder, told, nil).text }
    let record = TrainingRecord(file, seed: seed, in: folder)
    // What is refused is no run.
    let begin = {
      guard !keeper.isRecording else { return }
      keeper.begin(
        record.beginning(
          in: keeper.folder, isResumed: resume, gitRevision: Program.gitRevision, experiment: keeper.experiment,
          time: keeper.clock.now()))
    }
    do {
      let (text, best) = try lines(file, seed, of: seeds, folder, told) { news, window in
        begin()
        keeper.add(TrainingRecord.points(news, window: window, time: keeper.clock.now()))
      }
      guard text != nil else {
        keeper.end(record.ending(.killed, best: nil, time: keeper.clock.now()))
        return nil
      }
      begin()
      let run = keeper.end(record.ending(.finished, best: best, time: keeper.clock.now()))
      shelf.add(seed: seed, folder: folder, run: run, best: best)
      return text
    } catch {
      keeper.end(record.ending(.failed, best: nil, time: keeper.clock.now()), patience: 1)
      throw error
    }
  }

  /// Trains with a seed, window by window where there are some.
  ///
  /// - Parameters:
  ///   - told: tells what happens.
  ///   - hear: gets the news, with the number of the window that they are of.
  /// - Returns: what is told of it, nil where it was asked to stop; and the best validation of a single training.
  private func lines(
    _ file: TrainingFile, _ seed: Int, of seeds: Int, _ folder: String, _ told: TrainingEvents?,
    _ hear: ((Training.News, Int?) -> Void)?
  ) throws -> (text: String?, best: ValidationRow?) {
    let (origin, validation) = ("stresslab \(Program.version)", file.plan.validation)
    guard !file.windows.isEmpty else {
      let training = Training(file, seed: seed, folder: folder)
      let ending = try following(folder, seed, validation, told) { show in
        try training.run(
          threads: threads, resume: resume, overwrite: overwrite, origin: origin,
          shouldStop: { Interrupts.isRequested },
          report: { news in
            hear?(news, nil)
            show(news, nil)
          })
      }
      guard case .finished(let best) = ending else { return (nil, nil) }
      return (Self.line(best, validation, folder), best)
    }
    let walk = WalkForwardTraining(file, seed: seed, of: seeds, folder: folder)
    let ending = try following(folder, seed, validation, told) { show in
      try walk.run(
        threads: threads, resume: resume, overwrite: overwrite, origin: origin,
        shouldStop: { Interrupts.isRequested },
        report: { window, news in
          hear?(news, window.window.number)
          show(news, (window.window.number, file.windows.count))
        })
    }
    guard case .finished(let record) = ending else { return (nil, nil) }
    return ((["\(folder):"] + WalkForwardTable(record).lines.map { "  \($0)" }).joined(separator: "\n"), nil)
  }

  /// Does the work of a folder that nobody else may write to, and shows how far it is.
  ///
  /// - Parameter work: is given what shows news, with the window that they are of.
  private func following<Ending>(
    _ folder: String, _ seed: Int, _ validation: Validation, _ told: TrainingEvents?,
    _ work: ((Training.News, (number: Int, count: Int)?) -> Void) throws -> Ending
  ) throws -> Ending {
    let lock = try ReportFolder(folder).makeAndLock()
    defer { ReportFolder.unlock(lock) }
    told?.begin()
    var printer = ProgressPrinter(isQuiet: quiet, isVerbose: verbose)
    defer { printer.end() }
    var best: String?
    var (made, place) = (0, 1)
    do {
      return try work { news, window in
        told?.tell(news, seed: seed, window: window?.number)
        if let window, window.number != place { (best, place) = (nil, window.number) }
        switch news {
        case .validation(let row, let isBest):
          if isBest { best = Self.figure(row, validation) }
        case .update(let record, let updates):
          made += 1
          printer.show(
            TrainingProgress(
              seed: seed, window: window, update: record.update, updates: updates, own: made, seconds: printer.seconds,
              stepsOfUpdate: record.steps / record.update, best: best))
        }
      }
    } catch let error as DivergedTraining {
      throw Refusal("\(folder): \(error)")
    } catch let failure as WholeFile.Failure {
      throw SystemFailure("\(folder) can't be written to", failure.fault)
    } catch let fault as SystemFault {
      throw SystemFailure("\(folder) can't be read", fault)
    } catch let error where error is CocoaError || (error as NSError).domain == NSPOSIXErrorDomain {
      let fault = SystemFault(error) ?? .other(SystemFault.words(of: error))
      throw SystemFailure(
        "\(folder) can't be written to", fault)
    }
  }

  private static func line(_ best: ValidationRow?, _ validation: Validation, _ folder: String) -> String {
    "\(folder): \(best.flatMap { figure($0, validation) } ?? "no validation had a figure")"
  }

  /// `growth 0.0123 on validation paths, after update 60`; nil where it has no figure.
  private static func figure(_ row: ValidationRow, _ validation: Validation) -> String? {
    row.value.map { value in
      "\(validation.measure) \(JSONWriter.number((value * 1e6).rounded() / 1e6)) on validation paths, "
        + "after update \(row.update)"
    }
  }

  private static func numbers(_ text: String) throws(Refusal) -> [Int] {
    var seeds: [Int] = []
    for word in text.split(separator: ",") {
      guard let seed = Int(word.trimmingCharacters(in: .whitespaces)), seed >= 0 else {
        throw Refusal("--seeds \(word) is not a whole number from 0")
      }
      seeds.append(seed)
    }
    guard Set(seeds).count == seeds.count, !seeds.isEmpty else { throw Refusal("--seeds names seeds, each once") }
    return seeds
  }
}
