import Foundation
import Lab
import Learning
import Statistics
import Testing

/// Agents of one training document with other seeds, set against one desk: what the page says of them together.
///
/// Their policies are formulas: whatever they see, they want so much.
@Suite("Trainings with several seeds")
struct TrainingsOnThePageTests {
  /// Writes an agent that always wants `weight` of its equity times four.
  private static func write(_ folder: String, weight: Float, seed: Int, documents: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Policy(
      architecture: Architecture(observations: 1, policy: [], value: [], actions: .gaussian(low: [-1], high: [1])),
      normaliser: nil,
      weights: SafeTensors([
        SafeTensors.Tensor("policy.head.weight", shape: [1, 1], [0]),
        SafeTensors.Tensor("policy.head.bias", shape: [1], [weight]),
        SafeTensors.Tensor("policy.logStandardDeviation", shape: [1], [0]),
        SafeTensors.Tensor("value.head.weight", shape: [1, 1], [0]),
        SafeTensors.Tensor("value.head.bias", shape: [1], [0]),
      ]), parameters: nil, seed: nil, origin: "a formula"
    ).write(to: folder)
    let text = """
      { "stresslab": "trainedAgent/1", "assets": ["AAA"], "step": "5m",
        "training": { "title": "By hand", "seed": "\(seed)", "documents": "\(documents)" },
        "observations": [{ "model": "position" }], "mandate": { "leverage": 4, "deadBand": 0.1 } }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/agent.json"))
  }

  private static func situation(seeds: [Int], documents: [String]) throws -> Situation {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trainings-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var panel = ["\"hold\": { \"model\": \"buyAndHold\", \"leverage\": 1 }"]
    var compare: [String] = []
    for (index, seed) in seeds.enumerated() {
      try write(
        folder + "/\(index)", weight: 0.3 + 0.02 * Float(index), seed: seed, documents: documents[index])
      panel.append("\"agent\(index)\": { \"model\": \"policy\", \"folder\": \"\(folder)/\(index)\" }")
      compare.append("{ \"desk\": \"agent\(index)/none\", \"against\": \"hold/none\" }")
    }
    let crash = Situation.session(
      "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.12))
    return try Situation(
      [crash],
      study: """
        "severities": [0, 1], "panel": { \(panel.joined(separator: ", ")) }, "risk": { "none": { "rules": {} } },
        "compare": [\(compare.joined(separator: ", "))], "monteCarlo": { "paths": 64, "seed": 3 }
        """)
  }

  @Test("are said together: mean, spread over seeds and over paths from the store's rows")
  func together() throws {
    let situation = try Self.situation(seeds: [1, 2, 3, 4], documents: ["a", "a", "a", "a"])
    let lines = try #require(situation.summary.comparisons)
    #expect(lines.count == 8)
    for severity in [0, 1] {
      let alike = lines.filter { $0.severity == Double(severity) }
      let levels = alike.compactMap(\.trainings)
      #expect(levels.count == 4 && Set(levels.map(\.desks)).count == 1 && levels[0].desks == alike.map(\.desk))
      let rows = try (0..<4).map { agent in
        try situation.rows(
          """
          select a.finalReturn - b.finalReturn from results a join results b
            on a.path = b.path and a.severity = b.severity and b.agent = 'hold'
            where a.agent = 'agent\(agent)' and a.severity = \(severity) order by a.path
          """
        ).map { $0[0] }
      }
      let means = rows.map { $0.reduce(0, +) / 64 }
      let mean = means.reduce(0, +) / 4
      let spread = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
      let pathMeans = (0..<64).map { path in rows.reduce(0) { $0 + $1[path] } / 4 }
      let pathSpread = pathMeans.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 63
      let error = (spread / 4 + pathSpread / 64).squareRoot()
      let said = levels[0].finalReturn
      #expect(abs((said.value ?? .nan) - mean) < 1e-12 && said.n == 4)
      // Between the normal law's 1.96 and Student's 3.18 with three degrees.
      let reach = ((said.high ?? .nan) - mean) / error
      #expect((1.95...3.19).contains(reach), "\(reach)")
    }
    let words = try situation.match("Over 4 trainings of “By hand” with other seeds against hold · none([^;]*);([^.]*)")
    #expect(words.count == 2, "\(words)")
    #expect(!situation.words.contains("Each trained agent here is one training"))
  }

  /// Planted mistakes: groups that ask for no seeds of their own.
  @Test(
    "are not taken together with the same seed twice, or of other documents; the page says that each is one training")
  func apart() throws {
    for (seeds, documents) in [([1, 1], ["a", "a"]), ([1, 2], ["a", "b"])] {
      let situation = try Self.situation(seeds: seeds, documents: documents)
      #expect(try #require(situation.summary.comparisons).allSatisfy { $0.trainings == nil })
      #expect(situation.words.contains("Each trained agent here is one training"))
    }
  }
}
