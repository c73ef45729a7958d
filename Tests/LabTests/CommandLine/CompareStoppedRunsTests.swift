import Foundation
import Lab
import Statistics
import Testing

@Suite("Comparison of runs that may stop early")
struct CompareStoppedRunsTests {
  private static let until =
    #""monteCarlo": { "until": [{ "measure": "survival", "halfWidth": 0.5 }], "firstLook": 200 },"#

  /// Bounds of 97 % for 95 %, as criteria have them: ``Precision/confidence(covering:)``.
  @Test(
    "has wider intervals and bounds where either run may, and says so",
    arguments: [
      (false, false, nil), (true, false, "The baseline"), (false, true, "The candidate"), (true, true, "Each run"),
    ])
  func wider(baseline: Bool, candidate: Bool, who: String?) throws {
    let runs = try ComparedRuns()
    try runs.add("a", leverage: 4, more: baseline ? Self.until : "")
    try runs.add("b", leverage: 4.2, more: candidate ? Self.until : "")
    let (before, after) = (try runs.survives("a"), try runs.survives("b"))
    try #require(before.count == 200 && after.count == 200)
    let pairs = PairedShares(
      onlyFirst: zip(after, before).count { $0 && !$1 }, onlySecond: zip(after, before).count { !$0 && $1 }, of: 200)
    let desk = try #require(try runs.json("a", "b")["desks"].elements.first { $0["agent"].string == "hold" })
    // One-sided bounds of 97 % are the ends of an interval of 94 %.
    for (told, confidence) in [
      (desk["oneSided"], who == nil ? 0.9 : 0.94), (desk["survival"]["difference"], who == nil ? 0.95 : 0.97),
    ] {
      let expected = pairs.estimate(confidence: confidence)
      #expect(abs((told["confidence"].double ?? 0) - confidence) < 1e-12, "\(told)")
      #expect(abs((told["low"].double ?? 9) - (expected.low ?? 0)) < 1e-9, "\(told) \(expected)")
      #expect(abs((told["high"].double ?? 9) - (expected.high ?? 0)) < 1e-9, "\(told) \(expected)")
    }
    let output = try runs.compare("a", "b").output
    let note =
      "may have stopped before its budget of paths: intervals are those of 97 % and the bounds that decide those of 97 % for a "
      + "fixed number of paths, so that they hold as often as 95 % and 95 %.\n"
    #expect(output.contains("\(who ?? "") \(note)") == (who != nil), "\(output)")
    #expect(output.contains("with \(who == nil ? 95 : 97) % intervals; of 2 desks"), "\(output)")
  }
}
