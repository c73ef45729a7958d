import Foundation
import Lab
import Learning
import Reports

/// A small real run of an agent whose policy is a formula: target = leverage · (bias + Σ weight · input), cut at the
/// leverage, in a market whose depth is gone from step 20 to step 29 of 60 and is as always elsewhere.
///
/// It sees the logarithm of depth (0, and ln 0.1 in the drought), the return of a bar, and its own position.
final class KnownAgent: Sendable {
  let summary: Summary
  let folder: String

  static let leverage = 2.0
  /// ln 0.1.
  static let drained = -2.302585092994046
  static let inputs = ["depth(A)", "return(A, 1)", "position(A)"]
  /// Steps of the market, of which the last decides nothing; the drought is from the close of step 19 on.
  static let closes = (before: 21, inside: 10, after: 29)

  /// A record of training with its validations.
  static let training = """
    "training": { "title": "By <hand>", "seed": "7", "documents": "abc123", "updates": 40, "best": 20,
      "validation": { "measure": "growth", "aim": "most", "paths": 64, "curve": [
        { "update": 10, "steps": 1000, "value": -0.5 }, { "update": 20, "steps": 2000, "value": 0.25 },
        { "update": 30, "steps": 3000, "value": null }, { "update": 40, "steps": 4000, "value": 0.125 }] },
      "inputs": { "paths": 512, "ranges": [
        { "name": "depth(A)", "low": 0, "high": 0 }, { "name": "return(A, 1)", "low": -50, "high": 50 },
        { "name": "position(A)", "low": -100, "high": 100 }] } },
    """

  /// Updates 1…400 of a training's log, of which each third ends no episode; the others end as many as their number, with
  /// a mean return of a hundredth of it.
  static let log: String = {
    let rows = (1...400).map { update -> String in
      var record = UpdateRecord()
      (record.update, record.steps) = (update, update * 100)
      if update % 3 != 0 { (record.episodes, record.meanReturn) = (update, Double(update) / 100) }
      return TrainingLog.row(record)
    }
    return ([TrainingLog.header] + rows).joined(separator: "\n") + "\n"
  }()

  /// - Parameters:
  ///   - weights: of the three inputs.
  ///   - training: a member of `agent.json`, with a comma.
  ///   - log: `training.csv`.
  ///   - settings: of the run.
  ///   - severities: of the study.
  init(
    _ weights: [Float] = [-0.2, 0.02, 0.01], bias: Float = 0.1, training: String = "", log: String? = nil,
    normaliser: ObservationNormaliser? = nil, severities: String = "[0, 1]", paths: Int = 64,
    settings: RunSettings = RunSettings(threads: 2)
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("known-\(UUID().uuidString)").path
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder + "/agent", withIntermediateDirectories: true)
    try Policy(
      architecture: Architecture(
        observations: 3, policy: [], value: [], actions: .gaussian(low: [-1], high: [1])),
      normaliser: normaliser,
      weights: SafeTensors([
        SafeTensors.Tensor("policy.head.weight", shape: [1, 3], weights),
        SafeTensors.Tensor("policy.head.bias", shape: [1], [bias]),
        SafeTensors.Tensor("policy.logStandardDeviation", shape: [1], [0]),
        SafeTensors.Tensor("value.head.weight", shape: [1, 3], [0, 0, 0]),
        SafeTensors.Tensor("value.head.bias", shape: [1], [0]),
      ]), parameters: nil, seed: nil, origin: "a formula"
    ).write(to: folder + "/agent")
    try Self.write(
      folder, "agent/agent.json",
      """
      { "stresslab": "trainedAgent/1", "assets": ["A"], "step": "1m", \(training)
        "observations": [{ "model": "depth" }, { "model": "return", "bars": 1, "halfLife": 10 }, { "model": "position" }],
        "mandate": { "leverage": \(Self.leverage), "deadBand": 0.1 } }
      """)
    if let log { try Self.write(folder, "agent/training.csv", log) }
    try Self.write(
      folder, "market.json",
      """
      { "stresslab": "scenario/1", "title": "Drained",
        "clock": { "step": "1m", "length": "60m", "warmup": "20m", "calendar": { "model": "continuous" } },
        "assets": { "A": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
          "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000000, "depthTo1Percent": 10000000 } } },
        "venue": { "initialMargin": 0.1, "maintenanceMargin": 0.05, "latency": "1s" },
        "events": { "drained": { "model": "drought", "assets": ["A"], "start": "20m", "depth": 0.1,
          "window": { "plateau": "10m" } } } }
      """)
    try Self.write(
      folder, "study.json",
      """
      { "stresslab": "study/1", "title": "Known", "scenarios": ["market.json"], "severities": \(severities),
        "account": { "equity": 1000 },
        "panel": { "hold": { "model": "buyAndHold" }, "K n<o>wn": { "model": "policy", "folder": "agent" } },
        "risk": { "capped": { "rules": { "cap": { "model": "leverageCap", "leverage": 1 } } }, "none": { "rules": {} } },
        "monteCarlo": { "paths": \(paths), "seed": 3 } }
      """)
    summary = try Self.run(folder, "run", settings)
  }

  private static func write(_ folder: String, _ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// Runs the study into another folder, or goes on with it.
  static func run(_ folder: String, _ name: String, _ settings: RunSettings, resume: Bool = false) throws -> Summary {
    let plan = try RunPlan(try StudyFile(reading: [folder + "/study.json"], repository: nil), settings)
    let ending = try Runner(plan, into: ReportFolder(folder + "/" + name), gitRevision: nil).run(
      resume: resume, overwrite: false, shouldStop: { false }, report: { _ in })
    guard case .finished(let summary) = ending else { throw StoreProblem("the run did not finish") }
    return summary
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

extension Summary {
  /// What the one trained agent did in the one scenario.
  var behaviour: PolicyBehaviour? { policies?.first?.behaviours.first }
}
