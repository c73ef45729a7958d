import Foundation
import Lab
import Testing

@Suite("A ladder of severities")
struct LadderTests {
  private static func study(_ folder: TemporaryFolder, ladder: String) throws -> String {
    _ = try SmallScenario.write(to: folder)
    let text = SmallScenario.study().replacing("\"severities\":", with: "\"ladder\": { \(ladder) }, \"severities\":")
    return try folder.write("study.json", text)
  }

  @Test("gives the same counts on any number of threads, in tiles of any width, and from a later path on")
  func threads() throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, ladder: "\"severities\": [0, 0.7, 1, 2], \"paths\": 50")
    let one = try RunnerTests.run(study, into: folder.path("a"), RunSettings(paths: 60, threads: 1, tile: 8))
    let two = try RunnerTests.run(study, into: folder.path("b"), RunSettings(paths: 60, threads: 2, tile: 64))
    #expect(try one.json() == two.json())
    #expect(one.severityCurves?.count == 6 && one.severityCurves?.first?.paths == 50)
    let later = try RunnerTests.run(
      study, into: folder.path("c"), RunSettings(paths: 30, firstPath: 11, threads: 2, tile: 16))
    #expect(later.severityCurves?.first?.firstPath == 11 && later.severityCurves?.first?.paths == 30)
  }

  @Test("is not run where the command line chooses severities")
  func chosen() throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, ladder: "\"severities\": [0, 2], \"paths\": 8")
    let summary = try RunnerTests.run(
      study, into: folder.path("run"), RunSettings(paths: 8, severities: [1], threads: 1))
    #expect(summary.severityCurves == nil)
  }

  @Test(
    "goes upwards from 0",
    arguments: [
      ("[0.5, 1]", "a ladder begins at severity 0"), ("[0, 2, 1]", "a ladder goes upwards"),
      ("[0, 1, 1]", "a ladder goes upwards"),
    ])
  func order(severities: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, ladder: "\"severities\": \(severities)")
    let error = #expect(throws: (any Error).self) { try StudyFile(reading: [study], repository: nil) }
    #expect("\(String(describing: error))".contains(problem), "\(String(describing: error))")
  }
}
