import Documents
import Lab
import Learning

/// Tells what happens in the trainings of a document, seed after seed and window after window. Confined to one thread.
package final class TrainingEvents {
  private let file: EventFile
  private let training: TrainingFile
  private let seeds: [Int]
  private let folder: String
  private let isResumed: Bool
  /// When this process began, by the file's clock; nil before.
  private var start: Double?
  /// Updates that it has made.
  private var made = 0

  /// - Parameters:
  ///   - seeds: with which it is trained, in their order.
  ///   - isResumed: whether trainings go on with what their folders may hold.
  package init(_ file: EventFile, _ training: TrainingFile, seeds: [Int], folder: String, isResumed: Bool) {
    self.file = file
    self.training = training
    self.seeds = seeds
    self.folder = folder
    self.isResumed = isResumed
  }

  private var windows: Int { max(1, training.windows.count) }

  /// A training has its folder; of several only the first is told.
  package func begin() {
    guard start == nil else { return }
    start = file.now
    let plan = training.plan
    file.tell(
      ToldEvent(
        .begun,
        [
          "command": "train", "title": .string(plan.title), "folder": .string(folder), "resumed": .bool(isResumed),
          "seeds": .array(seeds.map { .integer($0) }),
          "windows": training.windows.isEmpty ? .null : .integer(training.windows.count),
          "updates": .integer(plan.hyperparameters.updates), "measure": .string(plan.validation.measure),
          "aim": .string(plan.validation.aim.rawValue),
        ]))
  }

  /// Tells an update, if it is the turn of one, or a validation.
  ///
  /// - Parameter window: its number from 1; nil where there are none.
  package func tell(_ news: Training.News, seed: Int, window: Int?) {
    switch news {
    case .update(let record, of: let updates):
      made += 1
      let (done, left) = progress(record, updates, seed, window)
      let windows: JSONValue = window == nil ? .null : .integer(windows)
      file.tell(.update) {
        ToldEvent(
          .update,
          [
            "seed": .integer(seed), "window": Self.number(window), "windows": windows,
            "update": .integer(record.update), "updates": .integer(updates), "steps": .integer(record.steps),
            "done": .number(done), "rate": .number(record.stepsPerSecond), "secondsLeft": .number(left),
            "return": .number(record.meanReturn), "reward": .number(record.meanReward),
            "kl": .number(record.approximateKL), "entropy": .number(record.entropy),
            "clipFraction": .number(record.clipFraction), "policyLoss": .number(record.policyLoss),
            "valueLoss": .number(record.valueLoss), "explainedVariance": .number(record.explainedVariance),
          ])
      }
    case .validation(let row, let isBest):
      // The update that was judged stands before what was found.
      file.tellWaiting()
      file.tell(
        ToldEvent(
          .validation,
          [
            "seed": .integer(seed), "window": Self.number(window), "update": .integer(row.update),
            "steps": .integer(row.steps), "measure": .string(training.plan.validation.measure),
            "value": .number(row.value), "low": .number(row.estimate?.low), "high": .number(row.estimate?.high),
            "isBest": .bool(isBest), "survival": .number(row.survival),
          ]))
    }
  }

  /// Which share of all updates of all seeds is made, those of trainings that ended early among them, and the seconds that the
  /// others take at the pace so far.
  private func progress(
    _ record: UpdateRecord, _ updates: Int, _ seed: Int, _ window: Int?
  ) -> (done: Double, left: Double) {
    let place = (seeds.firstIndex(of: seed) ?? 0) * windows + (window ?? 1) - 1
    let (reached, all) = (place * updates + record.update, seeds.count * windows * updates)
    let seconds = file.now - (start ?? file.now)
    return (Double(reached) / Double(all), seconds / Double(made) * Double(all - reached))
  }

  private static func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
}
