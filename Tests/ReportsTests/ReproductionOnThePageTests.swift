import Foundation
import Lab
import Reports
import Statistics
import Testing

/// How to make the report again, and what the program made of cases with known answers.
@Suite("How to make the report again")
struct ReproductionOnThePageTests {
  private static let made = Result {
    try Situation(
      [VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders, paths: 16))
  }
  private let situation: Situation

  init() throws { situation = try Self.made.get() }

  /// Planted mistake that it was seen to fail with: the share that the formula says in the place of that of the paths.
  @Test("tells both known cases with what the run's summary has of them, and what their formulas say")
  func known() throws {
    let known = try #require(situation.summary.knownCase)
    let fall = try #require(known.fall)
    let told = try situation.match(
      "within 73 days of a year of 365 on ([0-9.]+) % \\[[^\\]]+\\] of 8,192 paths \\(99.9 % interval\\); the first-passage formula "
        + "says ([0-9.]+) %\\. Who holds a still share at 4 times equity, bought at a cost of ([0-9.]+) bps of it where half-spread, half "
        + "of the order’s impact and fee are 8, and lives through a flash crash of 10 % to 30 %, is closed out by the venue on "
        + "([0-9.]+) % \\[[^\\]]+\\] of 8,192 paths \\(99.9 % interval\\); a maintenance margin of 5 % lasts for a fall of ([0-9.]+) %, "
        + "which ([0-9.]+) % of the drawn falls exceed\\.")
    let expected: [Double?] = [
      known.ruined.value.map { 100 * $0 }, 31.39, fall.costBps, fall.called.value.map { 100 * $0 }, 20.97, 45.16,
    ]
    try #require(told.count == expected.count)
    for (text, value) in zip(told, expected) {
      #expect(VerdictOnThePageTests.reads(text, value ?? .nan), "\(told) \(expected)")
    }
    #expect(!situation.index.contains("nothing in this report should be believed"))
  }

  @Test("has both commands as they are typed, what they must come to, and the study where the command does not name it")
  func commands() throws {
    let lines = try situation.match(
      "\n(stresslab run [^\n]+)\n(stresslab verify \\.)\n# StressLab ([^ ]+) on ([^,]+), digest of the outcomes: ([0-9a-f]{64})\n"
    )
    let run = situation.summary.run
    #expect(lines.dropFirst(2) == [run.programVersion, run.cpuLevel, run.digest])
    #expect(!situation.index.contains("The command names no study"))
  }
}
