import Agents
import Documents
import Foundation
import Lab
import Learning

/// A training in its folder, from the first update to the saved agent.
///
/// `training.csv` has a row for each update and `validation.csv` one for each validation; `best` holds the best policy so
/// far, `checkpoint.safetensors` all that it takes to go on. In the end `agent.json` and the policy beside it are the best
/// one. A training that was killed goes on from its checkpoint and ends in the same agent, byte for byte.
package struct Training: Sendable {
  /// What is trained.
  package let file: TrainingFile
  /// Its seed.
  package let seed: Int
  /// Where it leaves what it makes.
  package let folder: String

  /// How a training ended.
  package enum Ending: Sendable {
    /// The agent is in the folder; with the best validation and the update after which it came.
    case finished(best: ValidationRow?)
    /// So many updates as were asked for are made, and it can go on; with the best validation of them.
    case paused(best: ValidationRow?)
    /// It was asked to stop, and can go on.
    case interrupted
  }

  /// What is told of a training while it goes on.
  package enum News: Sendable {
    /// An update, of so many.
    case update(UpdateRecord, of: Int)
    /// A validation, and whether it is the best so far.
    case validation(ValidationRow, isBest: Bool)
  }

  /// What its policies are judged on while they learn.
  private let judge: TrainingFile

  /// A training of a file with one of its seeds.
  ///
  /// - Parameter judge: the same with other scenarios, on whose validation paths its policies are judged; nil: with its own.
  package init(_ file: TrainingFile, seed: Int, folder: String, judgedOn judge: TrainingFile? = nil) {
    self.file = file
    self.judge = judge ?? file
    self.seed = seed
    self.folder = folder
  }

  private var best: String { "\(folder)/best" }
  /// What it writes beside what `TrainingFolder` does.
  private static let files = [
    "validation.csv", SavedAgent.documentName, "best/\(Policy.documentName)", "best/\(Policy.weightsName)",
  ]

  /// Trains to the end, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - threads: with two the towers are computed side by side; never changes a result.
  ///   - resume: whether to go on from the folder's checkpoint, where there is one.
  ///   - overwrite: whether another training in the folder may be removed; else it is refused.
  ///   - origin: what trains, such as `stresslab 0.1.0`.
  ///   - pause: the update after which it is left for later, with a checkpoint; what was made of later ones before is not
  ///     told. Nil, or the last update: it goes on to its end.
  /// - Throws: a folder that holds another training, a training that diverged, or what the file system says.
  package func run(
    threads: Int, resume: Bool, overwrite: Bool, origin: String, pausingAfter pause: Int? = nil,
    shouldStop: () -> Bool, report: (News) -> Void
  ) throws -> Ending {
    let environment = try ScenarioEnvironment(file, seed: UInt64(seed))
    let validator = try Validator(judge, seed: UInt64(seed))
    let plan = file.plan
    let architecture = Architecture(
      observations: environment.observations, policy: plan.hidden, value: plan.hidden, activation: plan.activation,
      actions: environment.actions)
    let ppo = PPO(
      environment, architecture, plan.hyperparameters, seed: UInt64(seed), objective: plan.reward.objective,
      threads: threads)
    for name in Self.files { WholeFile.removePart(of: "\(folder)/\(name)") }
    var log = ValidationLog(folder: folder, plan.validation)
    if !resume, overwrite { try log.remove() }
    // Validations after the checkpoint are made again; a checkpoint of another training is refused before any is believed.
    if resume { try log.read(upTo: try TrainingFolder(folder).takeUp(ppo)) }
    let pause = pause.flatMap { $0 < plan.hyperparameters.updates ? $0 : nil }
    func isPausing() -> Bool { pause.map { ppo.updates >= $0 } ?? false }
    if let pause, isPausing() { return .paused(best: log.best(upTo: pause)) }
    var isExhausted = log.isExhausted
    if !isExhausted {
      _ = try TrainingFolder(folder).run(
        ppo, resume: resume, overwrite: overwrite, origin: origin,
        shouldStop: { isExhausted || isPausing() || shouldStop() },
        report: { record in
          report(.update(record, of: plan.hyperparameters.updates))
          guard record.update % plan.validation.every == 0 || ppo.isFinished else { return }
          let policy = ppo.policy(origin: origin)
          let row = validator.row(of: policy, after: record)
          let isBest = log.add(row)
          if isBest { try policy.write(to: best) }
          try log.write()
          isExhausted = log.isExhausted
          report(.validation(row, isBest: isBest))
        })
    }
    if let pause, log.isExhausted || isPausing() { return .paused(best: log.best(upTo: pause)) }
    guard ppo.isFinished || log.isExhausted else { return .interrupted }
    try saved(try Policy.read(best), log, origin, try TrainedInputs(file, seed: UInt64(seed))).write(to: folder)
    return .finished(best: log.best)
  }

  private func saved(
    _ policy: Policy, _ log: ValidationLog, _ origin: String, _ inputs: TrainedInputs
  ) -> SavedAgent {
    let plan = file.plan
    let curve = log.rows.map { row -> JSONValue in
      ["update": .integer(row.update), "steps": .integer(row.steps), "value": row.value.map { .number($0) } ?? .null]
    }
    let scenarios = zip(file.scenarios, plan.scenarios).map { scenario, trained -> JSONValue in
      [
        "title": .string(scenario.title), "weight": .number(trained.weight),
        "severities": .array(trained.severities.map { .number($0) }),
      ]
    }
    let rules = RiskProfileLine.text(plan.rules.names, in: file.document.root["rules"])
    let training: JSONValue = [
      "title": .string(plan.title), "seed": .string("\(seed)"), "documents": .string(file.digest),
      "scenarios": .array(scenarios), "rules": .string(rules), "origin": .string(origin),
      "updates": .integer(log.rows.last?.update ?? 0),
      "best": .integer(log.best?.update ?? 0), "reward": plan.reward.json,
      "validation": [
        "measure": .string(plan.validation.measure), "aim": .string(plan.validation.aim.rawValue),
        "paths": .integer(plan.validation.paths), "curve": .array(curve),
      ],
      "inputs": inputs.record(of: policy),
    ]
    return SavedAgent(
      assets: file.assets, stepSeconds: file.scenarios[0].scenario.clock.stepSeconds, observations: plan.observations,
      actions: plan.actions, mandate: plan.mandate, training: training, policy: policy)
  }
}
