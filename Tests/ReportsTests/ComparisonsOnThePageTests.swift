import Foundation
import Lab
import Reports
import Statistics
import Testing

/// Two desks on the same paths: what the page says of them, asked of the store in SQL.
///
/// Planted mistakes that it was seen to fail with: both desks changed places; each difference of two means over other paths.
@Suite("Desks set against each other")
struct ComparisonsOnThePageTests {
  private static let crash = Situation.session(
    "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.12))

  private static func study(_ first: Double, _ second: Double, severities: String = "[0, 1]") -> String {
    Situation.holders(
      [(name: "judged", leverage: first), (name: "other", leverage: second)], severities: severities, paths: 400)
      + #", "compare": [{ "desk": "judged/none", "against": "other/none" }]"#
  }

  /// A column of the first desk less that of the second on the same path: its values in the store.
  private func differences(_ situation: Situation, _ column: String, severity: Int) throws -> [Double] {
    try situation.rows(
      """
      select a.\(column) - b.\(column) from results a join results b
        on a.path = b.path and a.severity = b.severity and b.agent = 'other'
        where a.agent = 'judged' and a.severity = \(severity) order by a.path
      """
    ).map { $0[0] }
  }

  @Test(
    "differ by what the store says, with the sign and the words that go with it",
    arguments: [(6.0, 1.0), (1.0, 6.0), (7.0, 6.0), (5.2, 4.6)])
  func differ(first: Double, second: Double) throws {
    let situation = try Situation([Self.crash], study: Self.study(first, second))
    let lines = try #require(situation.summary.comparisons)
    #expect(lines.map(\.severity) == [0, 1])
    for line in lines {
      let severity = Int(line.severity)
      let only = try situation.rows(
        """
        select sum(a.cause = 'none' and b.cause <> 'none'), sum(a.cause <> 'none' and b.cause = 'none') from results a
          join results b on a.path = b.path and a.severity = b.severity and b.agent = 'other'
          where a.agent = 'judged' and a.severity = \(severity)
        """)[0]
      let expected = PairedShares(onlyFirst: Int(only[0]), onlySecond: Int(only[1]), of: 400).estimate()
      #expect(line.survival == expected)
      let returns = try differences(situation, "finalReturn", severity: severity)
      let mean = returns.reduce(0, +) / 400
      #expect(returns.count == 400 && abs((line.finalReturn.value ?? .nan) - mean) < 1e-12)
      let spread = (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399 / 400).squareRoot()
      guard let low = line.finalReturn.low, let high = line.finalReturn.high else {
        #expect(line.finalReturn.evidence == .tooFewPaths)
        continue
      }
      // Hall's transformation moves both ends of Student's interval, and not by much.
      #expect(abs((high - low) / (2 * 1.966 * spread) - 1) < 0.2, "\(low) \(high) \(spread)")
    }
    let struck = try #require(lines.last)
    let share = struck.survival.value ?? 0
    if let low = struck.survival.low, let high = struck.survival.high, low > 0 || high < 0 {
      let told = try situation.match(
        "In “Session”, judged · none survives (more|less) often than other · none: [^;]*, a difference of ([0-9.]+) %")
      #expect(told.first == (share > 0 ? "more" : "less"))
      #expect(abs((Double(told.last ?? "") ?? .nan) / 100 - abs(share)) <= 0.0051, "\(told) \(share)")
    } else if share == 0 {
      #expect(situation.words.contains("judged · none and other · none survive the very same paths"))
    } else {
      #expect(situation.words.contains("the survival of judged · none and other · none cannot be told apart"))
    }
    let calm = try #require(lines.first).finalReturn
    let words = try situation.match("Without the event its mean return is ([^.]*)").first ?? ""
    if let low = calm.low, let high = calm.high, low > 0 || high < 0 {
      #expect(words.hasPrefix(high < 0 ? "lower by " : "higher by ") && !words.contains("by \u{2212}"), "\(words)")
    } else {
      #expect(words.hasPrefix("not known to be higher or lower"), "\(words)")
    }
  }

  @Test("that nothing tells apart are not said to differ")
  func equal() throws {
    let situation = try Situation([Self.crash], study: Self.study(1, 1.1, severities: "[1]"))
    #expect(situation.words.contains("judged · none and other · none survive the very same paths"))
    #expect(!situation.words.contains("Without the event its mean return"))
  }

  @Test("stand nowhere on a page whose study compares none")
  func none() throws {
    let study = Situation.holders([(name: "one", leverage: 1), (name: "two", leverage: 2)], paths: 16)
    let situation = try Situation([Self.crash], study: study)
    #expect(situation.summary.comparisons == nil && !situation.words.contains("Desk against desk"))
  }
}
