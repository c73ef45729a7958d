import Foundation
import Glibc
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
    "that another version or an unfinished run has left is refused in words",
    arguments: [
      Case(
        name: "a quantity of another version",
        sql: """
          update meta set value = replace(value, '"quantity":"depth"', '"quantity":"queue"') where key = 'context'
          """,
        refusal: "the store counts queue, which this version does not know"),
      Case(
        name: "a run that is told of in another way", sql: "update meta set value = '{}' where key = 'context'",
        refusal: "results.sqlite: what it says of its run cannot be read: written by another version"),
      Case(
        name: "the schema before", sql: "update meta set value = '7' where key = 'schemaVersion'",
        refusal: "results.sqlite: written by another version (schema 7, this one reads 8)"),
      Case(
        name: "a run that is not finished", sql: "delete from meta where key = 'digest'",
        refusal: "the run is not finished: resume it with --resume"),
    ])
  func refused(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    _ = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    try folder.changeMeta(of: "run", example.sql)
    let problem = #expect(throws: RunProblem.self) { try ReportFolder(folder.path("run")).readSummary() }
    #expect(problem.map { "\($0)".hasSuffix(example.refusal) } == true, "\(String(describing: problem))")
    guard case .refused = problem else {
      Issue.record("\(String(describing: problem)) is no refusal")
      return
    }
  }

  @Test("of a finished run gives the summary that the run ended with")
  func read() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    #expect(try ReportFolder(folder.path("run")).readSummary() == summary)
  }
}
