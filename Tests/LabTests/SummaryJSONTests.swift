import Foundation
import Lab
import Testing

@Suite("A summary as JSON")
struct SummaryJSONTests {
  /// The title holds what the list of desks is found by.
  ///
  /// Planted mistake: desks put in without commas between them.
  @Test("is what the encoder writes in one go, whatever the number of threads", arguments: [1, 2, 8])
  func inOneGo(threads: Int) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let study = try folder.write(
      "study.json", SmallScenario.study().replacing("\"Small study\"", with: #""\"desks\":[1] and desks\":[2""#))
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    #expect(summary.title == #""desks":[1] and desks":[2"#)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(try summary.json(threads: threads) == encoder.encode(summary) + Data("\n".utf8))
  }
}
