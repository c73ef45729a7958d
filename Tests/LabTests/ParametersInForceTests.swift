import Foundation
import Lab
import Testing

@Suite("Parameters in force")
struct ParametersInForceTests {
  /// Measured before: the report said "stopLoss (loss 0.05)", and nothing of the 60 steps after which it let its agents in
  /// again.
  @Test("the summary tells the defaults of agents and rules as well as what the study says")
  func defaults() throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Defaults", "scenarios": ["small.json"],
        "panel": { "hold": { "model": "buyAndHold", "leverage": 3 } },
        "risk": { "house": { "rules": {
          "stop": { "model": "stopLoss", "loss": 0.05 }, "target": { "model": "volatilityTarget", "annualVolatility": 0.4 },
          "limit": { "model": "drawdownLimit", "drawdown": 0.2 } } },
          "other": { "rules": { "stop": { "model": "stopLoss", "loss": 0.05, "coolDown": "2h" } } },
          "third": { "rules": { "stop": { "model": "stopLoss", "coolDown": "untilTargetTurns", "loss": 0.05 } } } },
        "monteCarlo": { "paths": 8, "seed": 1 } }
      """)
    let result = try StressLabProgram(folder: folder).run("run", study, "--out", "out", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("out/summary.json")))
    #expect(
      summary.agents?.map(\.text) == [
        "buys its weights at t = 0 and holds them (leverage 3\u{A0}×, weights equal, rebalance false, band 0\u{A0}%)"
      ])
    let turns = "until the agent’s own target turns"
    #expect(
      summary.riskProfiles?.map(\.text)
        == [
          "all closed at a drawdown of 20 %, then flat for 120 steps; each position closed at a loss of 5 %, then flat \(turns); "
            + "positions held to a volatility of 40 % a year (half-life 60 steps, overnight half-life 20 d)",
          "each position closed at a loss of 5 %, then flat 2 h",
          "each position closed at a loss of 5 %, then flat \(turns)",
        ].map {
          $0.replacing(" %", with: "\u{A0}%").replacing("20 d", with: "20\u{A0}d").replacing("2 h", with: "2\u{A0}h")
        })
  }
}
