import Foundation
import Testing

@Suite("Plain words")
struct PlainWordsTests {
  @Test("a resumed run of other paths says what became of them")
  func resumed() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    func run(_ arguments: String...) throws -> StressLabProgram.Result {
      try program.run(["run", "study.json", "--out", "out"] + arguments)
    }
    #expect(try run("--paths", "48").code == 0)
    let less = try run("--paths", "16", "--resume")
    let held =
      "out held the paths 0…15 of this run already, and more: nothing was run, and the report is of all 48 paths"
    #expect(less.error == "\(held), 0…47.\n")
    #expect(try run("--paths", "48", "--resume").error == "")
    let more = try run("--first-path", "48", "--paths", "16", "--resume")
    #expect(
      more.error == "out held other paths of this run beside 48…63: the report is of all 64 paths, 0…63.\n")
    #expect(try run("--paths", "16", "--resume", "--quiet").error == "")
  }

  /// Places where nothing can be written or read, and commands that try.
  static let obstacles: [(what: String, prepare: String, arguments: [String])] = [
    ("a file for a folder", ":", ["run", "study.json", "--out", "small.json"]),
    ("a file above the folder", ":", ["run", "study.json", "--out", "small.json/x"]),
    ("a name too long", ":", ["run", "study.json", "--out", String(repeating: "x", count: 300)]),
    ("a place where nothing can be made", ":", ["run", "study.json", "--out", "/proc/stresslab"]),
    ("a folder in place of the store", "mkdir -p out/results.sqlite", ["report", "out"]),
    (
      "a folder in place of the summary", "mkdir -p done/summary.json/x",
      ["run", "study.json", "--out", "done", "--resume"]
    ),
    ("a folder in place of the page", "mkdir -p done/index.html/x", ["report", "done"]),
    ("a file in place of the charts", "rm -r done/charts; touch done/charts", ["report", "done"]),
  ]

  @Test("no error of the system shows its wrapping")
  func wrapping() throws {
    for obstacle in Self.obstacles {
      let folder = try TemporaryFolder()
      _ = try SmallScenario.write(to: folder, paths: 8)
      let program = StressLabProgram(folder: folder)
      if obstacle.prepare.contains("done") {
        _ = try program.run("run", "study.json", "--out", "done", "--quiet")
        for name in ["summary.json", "index.html"] where obstacle.prepare.contains(name) {
          try FileManager.default.removeItem(atPath: folder.path("done/\(name)"))
        }
      }
      _ = try folder.run("/bin/bash", ["-c", obstacle.prepare])
      let result = try program.run(obstacle.arguments)
      #expect([2, 70, 74].contains(result.code), "\(obstacle.what)")
      #expect(result.error.hasPrefix("stresslab: "), "\(obstacle.what): \(result.error)")
      for word in ["NSCocoa", "Error Domain", "Foundation", "should not have happened", "couldn’t", "CocoaError"] {
        #expect(!result.error.contains(word), "\(obstacle.what): \(result.error)")
      }
    }
  }
}
