import Foundation
import Testing

/// Folders of runs of a study with two desks, of which one may be another than in the first.
struct ComparedRuns {
  let folder: TemporaryFolder
  var program: StressLabProgram { StressLabProgram(folder: folder) }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
  }

  /// Runs a study into a folder of its own.
  ///
  /// - Parameter more: members of the study.
  func add(
    _ name: String, leverage: Double = 4, agent: String = "hold", more: String = "", paths: Int = 200, first: Int = 0,
    seed: Int = 7
  ) throws {
    try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Change", "scenarios": ["small.json"], "severities": [1],\(more)
        "panel": { "flat\(agent)": { "model": "flat" }, "\(agent)": { "model": "buyAndHold", "leverage": \(leverage) } } }
      """)
    let result = try program.run(
      "run", "study.json", "--out", name, "--paths", "\(paths)", "--first-path", "\(first)", "--seed", "\(seed)",
      "--quiet")
    try #require(result.code == 0, "\(result.error)")
  }

  func compare(_ words: String...) throws -> StressLabProgram.Result { try program.run(["compare"] + words) }

  func json(_ words: String...) throws -> JSON {
    try JSONDecoder().decode(JSON.self, from: Data(program.run(["compare"] + words + ["--json"]).output.utf8))
  }

  /// What a Python script prints, which is given the stores of some runs and then words.
  func python(_ code: String, _ names: [String], _ words: [String] = []) throws -> String {
    try folder.run(
      "/usr/bin/env", ["python3", "-c", code] + names.map { folder.path("\($0)/results.sqlite") } + words)
  }

  /// The mean over impaired paths of seconds from the impairment to recovery, ruin or the horizon, as the store says.
  func timeImpaired(_ name: String, _ agent: String = "hold") throws -> Double {
    let code = """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      query = \"\"\"select avg(coalesce(recoverySeconds95, case when state95 = 'ruined' then ruinSeconds end, censorSeconds95)
        - impairedSeconds95) from results where agent = ? and impairedSeconds95 is not null\"\"\"
      print(store.execute(query, [sys.argv[2]]).fetchone()[0])
      """
    let text = try python(code, [name], [agent])
    return try #require(Double(text.filter { $0 != "\n" }))
  }

  /// By path, whether a desk of the agent came to the horizon, as the store says.
  func survives(_ name: String, _ agent: String = "hold") throws -> [Bool] {
    let code = """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      query = "select cause from outcomes join desks using (desk) where agent = ? order by path"
      print("".join("1" if cause == 0 else "0" for cause, in store.execute(query, [sys.argv[2]])))
      """
    return try python(code, [name], [agent]).filter { $0 != "\n" }.map { $0 == "1" }
  }
}
