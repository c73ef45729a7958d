import Foundation
import Lab
import Randomness
import Reports
import Statistics
import Testing

/// Two desks on the same paths: what the page says of them, asked of the store in SQL.
///
/// Planted mistakes that it was seen to fail with: both desks changed places; each difference of two means over other paths;
/// a family of half its size; each difference's own interval in place of the one of all together.
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
        "In “Session”, judged · none survives (more|less) often than other · none: [^;]*, a difference of ([0-9.]+) ")
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

  /// Gains and losses of each line: how many paths survive in one world alone, and how many have the higher return in it.
  private func counts(_ situation: Situation, severity: Int) throws -> (survival: PairedShares, better: PairedShares) {
    let counts = try situation.rows(
      """
      select sum(a.cause = 'none' and b.cause <> 'none'), sum(a.cause <> 'none' and b.cause = 'none'),
        sum(a.finalEquity > b.finalEquity), sum(a.finalEquity < b.finalEquity) from results a
        join results b on a.path = b.path and a.severity = b.severity and b.agent = 'other'
        where a.agent = 'judged' and a.severity = \(severity)
      """)[0].map { Int($0) }
    return (
      PairedShares(onlyFirst: counts[0], onlySecond: counts[1], of: 400),
      PairedShares(onlyFirst: counts[2], onlySecond: counts[3], of: 400)
    )
  }

  /// The cells' texts of the n-th row of a table whose rows begin with both desks' names, from the n-th on.
  private func cells(_ situation: Situation, row: Int) -> [String] {
    let texts = situation.words.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    let starts = texts.indices.filter { texts[$0] == "judged · none, against other · none" }
    guard row < starts.count else { return [] }
    let end = row + 1 < starts.count ? starts[row + 1] : texts.count
    return Array(texts[starts[row] + 1..<end])
  }

  /// The confidence of each interval of the family, from the rows of the store.
  private func together(_ situation: Situation, _ lines: [ComparisonLine]) throws -> Double {
    func column(_ sql: String, _ agent: String, _ severity: Int) throws -> [Double] {
      try situation.rows(
        "select \(sql) from results where agent = '\(agent)' and severity = \(severity) order by path"
      ).map { $0[0] }
    }
    let differences = try lines.flatMap { line in
      try ["cause = 'none'", "finalReturn"].map { sql in
        let severity = Int(line.severity)
        return zip(try column(sql, "judged", severity), try column(sql, "other", severity)).map { $0 - $1 }
      }
    }
    let streams = RandomStreams(seed: situation.summary.run.seed, namespace: .report)
    return MaximumT(differences, confidence: 0.95, key: streams.key("comparisons/max-t")).single
  }

  /// P(K ≤ k) of n fair coins, twice, by Pascal's rule.
  private func fairCoins(_ shares: PairedShares) -> Double {
    let n = shares.onlyFirst + shares.onlySecond
    var law = [1.0]
    for _ in 0..<n {
      law = (0...law.count).map { k in ((k > 0 ? law[k - 1] : 0) + (k < law.count ? law[k] : 0)) / 2 }
    }
    return min(1, 2 * law[...min(shares.onlyFirst, shares.onlySecond)].reduce(0, +))
  }

  @Test(
    "are set against each other all together, in other ways, and with what could be told apart",
    arguments: [(6.0, 1.0), (5.2, 4.6)])
  func further(first: Double, second: Double) throws {
    let situation = try Situation([Self.crash], study: Self.study(first, second))
    let lines = try #require(situation.summary.comparisons)
    // Two severities, of survival and of return each: four differences, between one alone and Bonferroni's 1 − 0.05/4.
    let single = try together(situation, lines)
    #expect(0.95 < single && single < 0.9875, "\(single)")
    var (detectable, told): ([Double], [[Double]]) = ([], [])
    var (pValues, tests): ([Double], [PairTest]) = ([], [])
    for (row, line) in lines.enumerated() {
      let severity = Int(line.severity)
      let (survival, better) = try counts(situation, severity: severity)
      let sample = try PairedSample(
        situation.rows(
          "select finalReturn from results where agent = 'judged' and severity = \(severity) order by path"
        ).map { $0[0] },
        situation.rows("select finalReturn from results where agent = 'other' and severity = \(severity) order by path")
          .map { $0[0] })
      #expect(line.survivalTogether == survival.estimate(confidence: single))
      #expect(line.survivalTogether.low ?? 1 <= line.survival.low ?? -1)
      let share = (1 + Double(better.onlyFirst - better.onlySecond) / 400) / 2
      #expect(line.superiority.value == share)
      #expect(abs((line.superiority.low ?? 0) - (1 + (better.estimate().low ?? 0)) / 2) < 1e-12)
      let together = Moments(sample.differences).estimate(confidence: single)
      #expect(abs((line.finalReturnTogether.low ?? 9) - (together.low ?? 9)) < 1e-9)
      #expect(abs((line.varianceSaved ?? 9) - (sample.varianceSaved ?? 8)) < 1e-9)
      #expect(
        abs((line.finalReturnCentre.value ?? 9) - (HodgesLehmann(sample.differences).estimate().value ?? 8)) < 1e-9)
      #expect(
        abs((line.finalReturnMiddle.low ?? 9) - (InterquartileMean(sample.differences).estimate().low ?? 9)) < 1e-9)
      // The bootstrap's ends are Student's to a tenth of the width, and neither has them alone.
      if let drawn = line.finalReturnBootstrap, let low = drawn.low, let high = drawn.high {
        let width = (line.finalReturn.high ?? .nan) - (line.finalReturn.low ?? .nan)
        #expect(abs(low - (line.finalReturn.low ?? .nan)) < 0.1 * width && low != line.finalReturn.low)
        #expect(abs(high - (line.finalReturn.high ?? .nan)) < 0.1 * width)
      } else {
        #expect(line.finalReturn.low == nil)
      }
      for (place, level) in line.profile.returnAbove.enumerated() {
        let above =
          try situation.rows(
            """
            select total(agent = 'judged'), total(agent = 'other') from results where severity = \(severity)
              and finalReturn > \(level)
            """
          ).first ?? []
        let shares = above.map { $0 / 400 }
        #expect([line.profile.desk[place], line.profile.against[place]] == shares, "\(level)")
        // The page says the levels that tell paths of one of both apart, at the highest severity.
        if severity == 1, shares.contains(where: { 0 < $0 && $0 < 1 }) { told.append(shares) }
      }
      #expect(abs(line.survivalTest.pValue - fairCoins(survival)) < 1e-12)
      pValues += [line.survivalTest.pValue, line.finalReturnTest.pValue]
      tests += [line.survivalTest, line.finalReturnTest]
      #expect(abs(line.finalReturnTest.pValue - SignedRankTest(sample.differences).pValue) < 1e-6)
      let discordant = Double(survival.onlyFirst + survival.onlySecond) / 400
      // z of the family's interval, and of 0.8.
      let z = CriticalValue.normal(single) + 0.8416
      if discordant >= 0.025 { detectable.append(z * (discordant / 400).squareRoot()) }
      #expect(abs((line.detectableSurvival ?? 0) - (discordant >= 0.025 ? detectable.last ?? 9 : 0)) < 1e-4)

      let cells = cells(situation, row: row)
      #expect(cells.first == "\(severity)")
      let place = try #require(cells.firstIndex { $0.hasPrefix("together") } ?? cells.indices.first)
      if line.survival.evidence == .sampled {
        let bounds = cells[place].matches(of: /[0-9.]+/).compactMap { Double($0.output) }
        #expect(abs(bounds[0] - 100 * abs(line.survivalTogether.low ?? 9)) < 0.51, "\(cells)")
        #expect(abs(bounds[1] - 100 * abs(line.survivalTogether.high ?? 9)) < 0.51, "\(cells)")
      }
      let percent = cells.filter { $0.hasSuffix(" %") }
      #expect(percent.count >= 7 && abs((Double(percent[6].dropLast(2)) ?? .nan) / 100 - share) < 0.0051, "\(cells)")
    }
    // Holm by hand: the k-th of four times 5 − k, never under the one before.
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(4 - place)))
      #expect(abs(tests[index].holm - largest) < 1e-12 && tests[index].falseDiscovery <= tests[index].holm)
    }
    let profile = try situation.match(
      "judged · none, against other · none, 1\\s+((?:[0-9.]+ % against [0-9.]+ %\\s+)+)")
    let shares = (profile.first ?? "").matches(of: /([0-9.]+) % against ([0-9.]+) %/).map { row in
      [row.output.1, row.output.2].map { (Double($0) ?? .nan) / 100 }
    }
    #expect(
      shares.count == told.count && !told.isEmpty
        && zip(shares.joined(), told.joined()).allSatisfy { abs($0 - $1) < 0.0051 }, "\(shares) \(told)")
    #expect(situation.words.contains("lie within ±6.8 points"), "√(ln 40/800)")
    let sentence = try situation.match(
      "With 400 paths a difference in survival of ([0-9.]+) points(?: \\(where the desks are most alike\\) to ([0-9.]+) points)? is found"
    )
    let numbers = sentence.compactMap { Double($0) }
    if let least = detectable.min(), let most = detectable.max() {
      #expect(numbers.count == (most > 1.1 * least ? 2 : 1), "\(sentence)")
      #expect(
        abs((numbers.first ?? .nan) / (100 * least) - 1) < 0.06 && abs((numbers.last ?? .nan) / (100 * most) - 1) < 0.06
      )
    } else {
      #expect(sentence.isEmpty, "ten paths that differ are the fewest")
    }
    let saved = lines.compactMap(\.varianceSaved)
    let words = try situation.match("That the paths are common saved ([0-9.]+) %(?: to ([0-9.]+) %)? of the variance")
    let percents = words.compactMap { Double($0) }
    #expect(abs((percents.first ?? .nan) / 100 - (saved.min() ?? 9)) < 0.0051, "\(words) \(saved)")
    #expect(abs((percents.last ?? .nan) / 100 - (saved.max() ?? 9)) < 0.0051, "\(words) \(saved)")
    #expect(situation.words.contains("The same differences in other ways, and tests"))
  }

  @Test("that are the same on every path are equal, and all of the variance is saved")
  func same() throws {
    let situation = try Situation([Self.crash], study: Self.study(1, 1, severities: "[1]"))
    let line = try #require(situation.summary.comparisons?.first)
    #expect(line.superiority.value == 0.5 && line.varianceSaved == 1 && line.detectableSurvival == nil)
    #expect([line.survivalTest.holm, line.finalReturnTest.pValue, line.finalReturnTest.falseDiscovery] == [1, 1, 1])
    #expect(situation.words.contains("equal on all paths") && situation.words.contains("common saved 100 %"))
    #expect(!situation.words.contains("is found four times in five"))
  }

  @Test("that lean opposite ways have more variance on common paths, and the page does not call that saved")
  func opposite() throws {
    let study = """
      "severities": [0], "panel": { "judged": { "model": "buyAndHold", "weights": { "AAA": -1 } },
        "other": { "model": "buyAndHold", "weights": { "AAA": 1 } } },
      "risk": { "none": { "rules": {} } }, "compare": [{ "desk": "judged/none", "against": "other/none" }],
      "monteCarlo": { "paths": 64, "seed": 3 }
      """
    let situation = try Situation([Self.crash], study: study)
    // The returns are r and −r but for costs: Var(2r)/(2 Var r) is 2.
    #expect(abs((situation.summary.comparisons?.first?.varianceSaved ?? 9) + 1) < 0.01)
    let more = try situation.match("On common paths the variance of the difference in return is ([0-9.]+) % more than")
      .first
    #expect(abs((Double(more ?? "") ?? .nan) - 100) < 1 && !situation.words.contains("common saved"))
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
