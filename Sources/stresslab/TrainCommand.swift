import ArgumentParser
import Documents
import Foundation
import Lab
import Learning
import Reports
import Training

/// `stresslab train`: an agent from a training document.
struct TrainCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains an agent.",
    discussion: """
      Writes agents/NAME/seed-N for every seed of the document: the agent, which a panel takes as \
      {"model": "policy", "folder": "…"}, with its learning curves beside it. Ctrl-C leaves a checkpoint after the update \
      that is being made, a second one ends it at once.

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
  var coloring: ColorOption

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  mutating func run() throws {
    let training = try TrainingFile(reading: file, contents: try StandardInput.contents(for: [file]))
    let folder = out ?? "agents/\(training.name)"
    let trainings = try (self.seeds.map(Self.numbers) ?? training.plan.seeds).map { seed in
      Training(training, seed: seed, folder: "\(folder)/seed-\(seed)")
    }
    guard (1...2).contains(threads) else { throw Refusal("--threads \(threads) is neither 1 nor 2") }
    if !resume, !overwrite {
      // No refusal comes after the hours that earlier seeds take.
      for one in trainings { try TrainingFolder(one.folder).refuseTraining() }
    }
    Interrupts.watch()
    for one in trainings {
      guard !Interrupts.isRequested, case .finished(let best) = try train(one) else {
        Output.error("Stopped. What was learned is in \(folder); the same command with --resume goes on.")
        throw ExitCode.interrupted
      }
      if !quiet { try Output.write(Self.line(best, training.plan.validation, one.folder)) }
    }
  }

  private func train(_ training: Training) throws -> Training.Ending {
    let lock = try ReportFolder(training.folder).makeAndLock()
    defer { ReportFolder.unlock(lock) }
    var printer = ProgressPrinter(isQuiet: quiet, isVerbose: verbose)
    defer { printer.end() }
    var best: String?
    var made = 0
    do {
      return try training.run(
        threads: threads, resume: resume, overwrite: overwrite, origin: "stresslab \(Program.version)",
        shouldStop: { Interrupts.isRequested },
        report: { news in
          switch news {
          case .validation(let row, let isBest):
            if isBest { best = Self.figure(row, training.file.plan.validation) }
          case .update(let record, let updates):
            made += 1
            printer.show(
              TrainingProgress(
                seed: training.seed, update: record.update, updates: updates, own: made, seconds: printer.seconds,
                stepsOfUpdate: record.steps / record.update, best: best))
          }
        })
    } catch let error as DivergedTraining {
      throw Refusal("\(training.folder): \(error)")
    } catch let failure as WholeFile.Failure {
      throw SystemFailure("\(training.folder) can't be written to", failure.fault)
    } catch let fault as SystemFault {
      throw SystemFailure("\(training.folder) can't be read", fault)
    } catch let error where error is CocoaError || (error as NSError).domain == NSPOSIXErrorDomain {
      let fault = SystemFault(error) ?? .other(SystemFault.words(of: error))
      throw SystemFailure(
        "\(training.folder) can't be written to", fault)
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
