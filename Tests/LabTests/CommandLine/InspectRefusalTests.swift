import Foundation
import Lab
import Testing

@Suite("inspect refuses what does not come out again")
struct InspectRefusalTests {
  /// A folder with a finished run of one desk in `out`.
  private static func finished() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    let run = try StressLabProgram(folder: folder).run(
      "run", "study.json", "--paths", "40", "--agents", "hold", "--risk", "house", "--out", "out", "--quiet")
    try #require(run.code == 0, "\(run.error)")
    return folder
  }

  private static func refusal(_ folder: TemporaryFolder, _ path: String...) throws -> String {
    let result = try StressLabProgram(folder: folder).run(["inspect", "out", "--json"] + path)
    #expect(result.code == 2 && result.output.isEmpty, "\(result.output.prefix(200))\(result.error)")
    return result.error
  }

  @Test("documents that have changed, or are gone, in the words of verify")
  func documents() throws {
    let folder = try Self.finished()
    let scenario = try String(contentsOf: folder.url.appendingPathComponent("small.json"), encoding: .utf8)
    let program = StressLabProgram(folder: folder)
    func isAsVerifySays(_ words: String) throws {
      let told = try Self.refusal(folder, "--worst")
      #expect(told == "stresslab: \(words)\n")
      #expect(try program.run("verify", "out").output.contains("not checked  the paths: \(words)\n"))
    }
    try folder.write("small.json", scenario.replacing("\"typical\": 0.15", with: "\"typical\": 0.1"))
    try isAsVerifySays("the scenario small.json is not what it was: no path was simulated again")
    try FileManager.default.removeItem(atPath: folder.path("small.json"))
    #expect(try Self.refusal(folder, "--worst").contains("small.json"))
    try folder.write("small.json", scenario)
    #expect(try program.run("inspect", "out", "--worst").code == 0)
    try FileManager.default.removeItem(atPath: folder.path("study.json"))
    try isAsVerifySays("study.json is not where it was, seen from this folder: no path was simulated again")
  }

  /// Planted: a row, a trace and a word of what the store knows of its run.
  @Test(
    "a store that says something else of the path, or of its run",
    arguments: [
      ("update outcomes set finalEquity = finalEquity + 1 where path = 9", "9", "finalEquity is "),
      (
        "update outcomes set timeUnderWater = timeUnderWater + 1 where path = 9", "9",
        "its outcomes were changed: path 9"
      ),
      ("delete from outcomes where path = 9", "9", "paths 9…9 are not all in the store"),
      ("update meta set value = replace(value, 'Small study', 'Other study') where key = 'context'", "9", "damaged"),
    ])
  func store(_ change: String, _ path: String, _ told: String) throws {
    let folder = try Self.finished()
    try Self.change(folder, change)
    let error = try Self.refusal(folder, "--path", path)
    #expect(error.contains("the store is damaged: out/results.sqlite: ") && error.contains(told), "\(error)")
    guard told != "damaged" else { return }
    #expect(try StressLabProgram(folder: folder).run("inspect", "out", "--path", "10").code == 0)
  }

  @Test("a trace that is not what the path gives, of that path alone")
  func trace() throws {
    let folder = try Self.finished()
    try Self.change(folder, "update traces set trace = replace(trace, 'orders', 'Orders')")
    let error = try Self.refusal(folder, "--worst")
    #expect(error.contains("its traces were changed: path ") && error.contains("step by step"), "\(error)")
    try Self.change(folder, "delete from traces")
    #expect(try Self.refusal(folder, "--worst").contains("it has no worst path of desk 0"))
  }

  private static func change(_ folder: TemporaryFolder, _ sql: String) throws {
    let code = """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      assert store.execute(sys.argv[2]).rowcount == 1
      store.commit()
      store.close()
      print("done")
      """
    let words = ["python3", "-c", code, folder.path("out/results.sqlite"), sql]
    #expect(try folder.run("/usr/bin/env", words) == "done\n")
  }

  @Test("a run that was stopped")
  func stopped() throws {
    let folder = try Self.finished()
    try folder.write("out/results.sqlite-wal", "left")
    #expect(try Self.refusal(folder, "--worst").contains("results.sqlite-wal says that the run was stopped: resume it"))
  }

  /// Measured before: "--study is not where it was, seen from this folder".
  @Test("of a scenario that was run under a study of its own, both are found again")
  func underStudy() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    let program = StressLabProgram(folder: folder)
    try folder.write("bare.json", SmallScenario.study(scenarios: [], severities: "[1]"))
    let words = ["run", "small.json", "--study", "bare.json", "--paths", "16", "--agents", "flat,hold"]
    let run = try program.run(words + ["--out", "out", "--quiet"])
    #expect(run.code == 0, "\(run.error)")
    let verified = try program.run("verify", "out")
    #expect(verified.code == 0, "\(verified.output)")
    #expect(try program.run("inspect", "out", "--worst", "--agent", "hold", "--risk", "house").code == 0)
  }
}
