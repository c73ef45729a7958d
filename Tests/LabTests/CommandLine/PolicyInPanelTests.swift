import Foundation
import Testing

/// A trained agent in a study whose market cannot feed it.
@Suite("Trained agents in panels")
struct PolicyInPanelTests {
  private static let agent = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures/agents/small")

  private static func scenario(_ process: String) -> String {
    """
    { "stresslab": "scenario/1", "title": "s",
      "clock": { "step": "1m", "length": "20m", "warmup": "20m", "calendar": { "model": "continuous" } },
      "assets": { "A": { "price": 100, "process": { "annualVolatility": 0.3, \(process) },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 } } },
      "venue": {} }
    """
  }

  /// Before: the study ran into the ground at the first close.
  @Test("that see a signal are refused in a market that shows none, at their place, and run in one that does")
  func signals() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Self.agent.path, toPath: folder.path("agent"))
    let document = try String(contentsOfFile: folder.path("agent/agent.json"), encoding: .utf8)
    let signal = document.replacing(/"model": "return",\s*"bars": 5,\s*"halfLife": 5/, with: #""model": "signal""#)
    #expect(signal != document)
    try folder.write("agent/agent.json", signal)
    try folder.write("dumb.json", Self.scenario(#""model": "gbm""#))
    try folder.write(
      "telling.json",
      Self.scenario(#""model": "predictableReturns", "signal": { "deviation": 30, "halfLife": "20m" }"#))
    for name in ["dumb", "telling"] {
      try folder.write(
        "\(name)-study.json",
        """
        { "stresslab": "study/1", "title": "s", "scenarios": ["\(name).json"],
          "panel": { "mine": { "model": "policy", "folder": "agent" } } }
        """)
    }
    let program = StressLabProgram(folder: folder)
    let refused = try program.run("validate", "dumb-study.json")
    #expect(refused.code == 2)
    #expect(
      refused.error.contains(#"/panel/mine: the market shows no signal of "A" in dumb.json"#), "\(refused.error)")
    let ran = try program.run("run", "telling-study.json", "--paths", "8", "--out", "out", "--quiet")
    #expect(ran.code == 0, "\(ran.error)")
  }
}
