import Documents
import Foundation
import Training

/// Small trainings for tests: documents in a folder of their own, which goes when the value does.
final class SmallTraining {
  let folder: String

  /// A training document with its scenario beside it.
  ///
  /// - Parameters:
  ///   - training: members of the document that stand in place of the small ones.
  ///   - scenario: members of the scenario, likewise.
  init(training: [String: String] = [:], scenario: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("training-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("market.json", Self.scenario.merging(scenario) { $1 })
    try write("training.json", Self.training.merging(training) { $1 })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The document, read.
  var file: TrainingFile {
    get throws { try TrainingFile(reading: "\(folder)/training.json") }
  }

  func write(_ name: String, _ members: [String: String]) throws {
    let text = members.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { "\"\($0)\": \($1)" }
    try "{ \(text.joined(separator: ",\n")) }".write(
      toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Two assets, the first with a signal; half an hour of minutes.
  private static let scenario = [
    "stresslab": #""scenario/1""#, "title": #""small""#,
    "clock": #"{ "step": "1m", "length": "40m", "warmup": "20m", "calendar": { "model": "continuous" } }"#,
    "assets": """
    { "A": { "price": 100, "process": { "model": "predictableReturns", "annualVolatility": 0.3,
        "signal": { "deviation": 30, "halfLife": "20m" } },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 } },
      "B": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.5 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 } } }
    """,
    "venue": #"{ "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05, "latency": "1s" }"#,
    "events": """
    { "crash": { "model": "flashCrash", "asset": "A", "start": { "between": ["10m", "20m"] }, "drop": 0.2,
        "fall": { "duration": "3m" }, "recovery": { "fraction": 0.5, "halfLife": "5m" } } }
    """,
  ]

  private static let training = [
    "stresslab": #""training/1""#, "title": #""small""#,
    "scenarios": #"[{ "file": "market.json", "severities": [0, 1] }]"#, "assets": #"["A"]"#,
    "observations": """
    [{ "model": "signal" }, { "model": "return", "bars": 3, "halfLife": 10 }, { "model": "position" }]
    """,
    "mandate": #"{ "leverage": 4, "deadBand": 0.1 }"#,
    "rules": #"{ "stop": { "model": "stopLoss", "loss": 0.05 } }"#,
    "hidden": "[8]",
    "hyperparameters": """
    { "totalSteps": 6000, "environments": 16, "rolloutSteps": 25, "minibatch": 100, "epochs": 2 }
    """,
    "validation": #"{ "paths": 32, "every": 4 }"#, "seeds": "[3]",
  ]
}
