import Foundation
import Testing

/// What a document may read that somebody else has written: the program itself is run as a server runs it.
@Suite("A process that is confined to folders")
struct ConfinementTests {
  private let workspace: JobWorkspace
  private let outside: JobWorkspace

  init() throws {
    (workspace, outside) = (try JobWorkspace(), try JobWorkspace())
    for name in ["agent.json", "bars.csv", "scenario.json"] {
      try Data("secret-word".utf8).write(to: outside.url.appendingPathComponent(name))
    }
    symlink(outside.url.path, workspace.path("link"))
  }

  /// A document of each kind of reference, to files in a folder.
  private static func documents(_ folder: String) -> [String: String] {
    let study = { (panel: String, scenario: String) in
      """
      {"stresslab": "study/1", "title": "x", "scenarios": ["\(scenario)"], "panel": {"a": \(panel)},
       "risk": {"none": {"rules": {}}}, "monteCarlo": {"paths": 8, "seed": 1}}
      """
    }
    return [
      "agent": study(#"{"model": "policy", "folder": "\#(folder)"}"#, "none.json"),
      "scenario": study(#"{"model": "flat"}"#, "\(folder)/scenario.json"),
      "extends": #"{"stresslab": "scenario/1", "extends": "\#(folder)/scenario.json"}"#,
      "bars": """
      {"stresslab": "scenario/1", "title": "x",
       "clock": {"step": "1d", "length": "10d", "warmup": "1d", "start": "2024-01-03",
         "calendar": {"model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York"}},
       "history": {"model": "stationaryBootstrap", "file": "\(folder)/bars.csv", "meanBlock": "5d"},
       "assets": {"A": {"price": 1, "history": "A", "liquidity": {"halfSpreadBps": 1, "depthTo1Percent": 1e5}}},
       "venue": {"takerFeeBps": 1, "initialMargin": 0.5, "maintenanceMargin": 0.05}}
      """,
    ]
  }

  private func validate(_ text: String, within folder: String?) throws -> (code: Int32, words: String) {
    try Data(text.utf8).write(to: workspace.url.appendingPathComponent("mine.json"))
    let result = try workspace.run(
      "/bin/sh",
      ["-c", #"exec "$@" 2>&1"#, "sh", "/usr/bin/env"] + (folder.map { ["STRESSLAB_WITHIN=\($0)"] } ?? []) + [
        BuiltProgram.path, "validate", "mine.json",
      ])
    return (result.code, result.output)
  }

  @Test("reads nothing outside of them, and quotes nothing of it", arguments: ["agent", "scenario", "extends", "bars"])
  func confined(kind: String) throws {
    for folder in [outside.url.path, "../\(outside.url.lastPathComponent)", "link"] {
      let text = try #require(Self.documents(folder)[kind])
      let free = try validate(text, within: nil)
      let held = try validate(text, within: workspace.url.path)
      #expect(held.code == 2)
      #expect(!held.words.contains("secret"))
      // Who may read it is told what is wrong in it, in other words than that it is not there.
      #expect(free.code == 2 && free.words != held.words)
      let inBoth = try validate(text, within: "\(workspace.url.path)\n\(outside.url.path)")
      #expect(inBoth.words == free.words)
    }
  }
}
