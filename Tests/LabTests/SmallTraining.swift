/// A training document for a folder with a small scenario (`SmallScenario`), which takes a second.
enum SmallTraining {
  /// - Parameters:
  ///   - updates: how many, of 128 steps each.
  ///   - more: members that the document has beside the small ones.
  static func text(updates: Int = 4, more: String = "") -> String {
    """
    { "stresslab": "training/1", "title": "Small training",
      "scenarios": [{ "file": "small.json", "severities": [0, 1] }], "assets": ["AAA"],
      "observations": [{ "model": "return", "bars": 2, "halfLife": 5 }, { "model": "position" }],
      "mandate": { "leverage": 2 }, "hidden": [4],
      "hyperparameters": { "totalSteps": \(128 * updates), "environments": 8, "rolloutSteps": 16, "minibatch": 64,
        "epochs": 1 },
      \(more)
      "seeds": [3] }
    """
  }

  /// How validation is done where nothing else is said.
  static let validation = #""validation": { "paths": 8, "every": 4 },"#

  /// Writes it beside the scenario.
  static func write(to folder: TemporaryFolder, updates: Int = 4, more: String = validation) throws {
    _ = try SmallScenario.write(to: folder)
    try folder.write("training.json", text(updates: updates, more: more))
  }
}
