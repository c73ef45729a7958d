import Foundation
import Lab
import Testing

@Suite("A report folder")
struct ReportFolderTests {
  /// What has been done to a finished store, and the words that say so.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: String
    let refusal: String

    var testDescription: String { name }
  }

  /// Planted mistake: a store of another version is a fault of ours, which ends the process.
  @Test(
    "that cannot be read is refused in words",
    arguments: [
      Case(
        name: "outcomes that have changed", sql: "update outcomes set finalEquity = finalEquity + 1 where path = 3",
        refusal: "is damaged: its outcomes are not those that the run has counted"),
      Case(
        name: "a quantity of another version",
        sql: """
          update meta set value = replace(value, '"quantity":"depth"', '"quantity":"queue"') where key = 'context'
          """,
        refusal: "the store counts queue, which this version does not know"),
      Case(
        name: "a run that is told of in another way", sql: "update meta set value = '{}' where key = 'context'",
        refusal: "what the store says of its run cannot be read: damaged, or written by another version"),
      Case(
        name: "a run that is not finished", sql: "delete from meta where key = 'digest'",
        refusal: "the run is not finished: resume it with --resume"),
    ])
  func refused(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    _ = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    let code = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as store: assert store.execute(sys.argv[2]).rowcount > 0
      """
    _ = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("run/results.sqlite"), example.sql])
    let refusal = #expect(throws: Refusal.self) { try ReportFolder(folder.path("run")).readSummary() }
    #expect(refusal.map { "\($0)".hasSuffix(example.refusal) } == true, "\(String(describing: refusal))")
  }

  @Test("of a finished run gives the summary that the run ended with")
  func read() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    #expect(try ReportFolder(folder.path("run")).readSummary() == summary)
  }
}
