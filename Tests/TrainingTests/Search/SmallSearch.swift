import Documents
import Foundation
import Training

/// Small searches for tests, in a folder of their own, which goes when the value does.
final class SmallSearch {
  let small: SmallTraining
  var folder: String { small.folder }

  /// A search of a small training.
  ///
  /// - Parameters:
  ///   - search: members of the document that stand in place of the small ones; an empty one leaves the member out.
  ///   - training: likewise of the training.
  ///   - scenario: likewise of the scenario.
  init(_ search: [String: String] = [:], training: [String: String] = [:], scenario: [String: String] = [:]) throws {
    let quick = [
      "hyperparameters": #"{ "environments": 16, "rolloutSteps": 25, "minibatch": 100, "epochs": 2 }"#,
      "validation": #"{ "paths": 32, "every": 1 }"#, "scenarios": #"[{ "file": "market.json", "severities": [0] }]"#,
    ]
    small = try SmallTraining(training: quick.merging(training) { $1 }, scenario: scenario)
    try small.write("search.json", Self.search.merging(search) { $1 })
  }

  var path: String { "\(folder)/search.json" }

  /// The document, read.
  var file: TuningFile {
    get throws { try TuningFile(reading: path) }
  }

  private static let search = [
    "stresslab": #""tuning/1""#, "title": #""small""#, "training": #""training.json""#,
    "space": """
    { "/hyperparameters/learningRate": { "between": [0.0001, 0.02], "scale": "log" },
      "/mandate/deadBand": { "values": [0.1, 0.3] } }
    """,
    "sampler": #"{ "model": "quasiRandom", "trials": 6 }"#,
    "halving": #"{ "factor": 2, "first": 2, "last": 8 }"#, "seeds": "[3]", "test": #"{ "paths": 64 }"#,
  ]
}
