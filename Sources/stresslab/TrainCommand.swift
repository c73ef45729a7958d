import ArgumentParser
import Documents
import Foundation
import Lab
import Learning
import Training

/// `stresslab train`: an agent from a training document.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains an agent.",
    discussion: """
      Writes agents/NAME/seed-N for every seed of the document: the agent, which a panel takes as \
      {"model": "policy", "folder": "…"}, with its learning curves beside it.

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

  mutating func run() throws {
    let training = try TrainingFile(reading: file, contents: try StandardInput.contents(for: [file]))
    let folder = out ?? "agents/\(training.name)"
    let seeds = try self.seeds.map(Self.numbers) ?? training.plan.seeds
    guard (1...2).contains(threads) else { throw Refusal("--threads \(threads) is neither 1 nor 2") }
    let stopped = "Stopped. What was learned is in \(folder); the same command with --resume goes on."
    Interrupts.watch()
    for seed in seeds {
      let own = "\(folder)/seed-\(seed)"
      let ending = try Training(training, seed: seed, folder: own).run(
        threads: threads, resume: resume, overwrite: overwrite, origin: "stresslab \(Program.version)",
        shouldStop: { Interrupts.isRequested }, report: { if !quiet { Self.tell($0, seed) } })
      switch ending {
      case .interrupted:
        Output.error(stopped)
        throw ExitCode.interrupted
      case .finished(let best):
        if !quiet { try Output.write(Self.line(best, training.plan.validation, own)) }
      }
    }
  }

  private static func tell(_ news: Training.News, _ seed: Int) {
    switch news {
    case .update(let record, let updates):
      guard record.update % 10 == 0 || record.update == updates else { return }
      Output.error("seed \(seed) · \(TrainingLog.line(record, of: updates))")
    case .validation(let row, let isBest):
      guard let value = row.value else { return }
      Output.error(
        "seed \(seed) · validation after update \(row.update): \(JSONWriter.number((value * 1e6).rounded() / 1e6))"
          + (isBest ? ", the best so far" : ""))
    }
  }

  private static func line(_ best: ValidationRow?, _ validation: Validation, _ folder: String) -> String {
    let figure = best.flatMap { best in
      best.value.map {
        "\(validation.measure) \(JSONWriter.number(($0 * 1e6).rounded() / 1e6)) on validation paths, "
          + "after update \(best.update)"
      }
    }
    return "\(folder): \(figure ?? "no validation had a figure")\n"
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
