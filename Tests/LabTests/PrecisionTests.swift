import Foundation
import Lab
import Randomness
import Statistics
import Testing

@Suite("A run that stops when it knows enough")
struct PrecisionTests {
  @Test("looks at the first number of paths, at twice as many and so on, and at the budget")
  func looks() {
    #expect(Precision.looks(from: 1000, to: 10_000) == [1000, 2000, 4000, 8000, 10_000])
    #expect(Precision.looks(from: 1000, to: 1000) == [1000])
    #expect(Precision.looks(from: 1000, to: 300) == [300])
  }

  private static func estimate(_ value: Double, _ low: Double?, _ high: Double?, n: Int = 1000) -> Estimate {
    Estimate(value: value, low: low, high: high, n: n, method: .wilson)
  }

  /// Planted mistake: ruins not counted.
  @Test("knows enough by half of the width; of ruin by half of it over the share, and never by few ruins")
  func rule() {
    let narrow = Precision("survival", halfWidth: 0.02)
    #expect(narrow.isMet(by: Self.estimate(0.9, 0.881, 0.919)))
    #expect(!narrow.isMet(by: Self.estimate(0.9, 0.87, 0.92)))
    #expect(!narrow.isMet(by: Self.estimate(0.9, nil, 0.91)))
    let ruin = Precision("ruin", relative: 0.25, fewest: 50)
    #expect(ruin.isMet(by: Self.estimate(0.08, 0.061, 0.1)))
    #expect(!ruin.isMet(by: Self.estimate(0.08, 0.05, 0.1)))
    #expect(ruin.isMet(by: Self.estimate(0.05, 0.04, 0.06)))
    #expect(!ruin.isMet(by: Self.estimate(0.049, 0.04, 0.06)))
    #expect(!ruin.isMet(by: Self.estimate(0, 0, 0.003)))
  }

  /// How often something holds at the stop of a run that stops by the width of an interval: computed exactly, look by look, by
  /// the law of the survivors among runs that go on.
  private func coverage(
    _ survival: Double, _ rule: Precision, from first: Int, confidence: Double, holds: (Proportion) -> Bool
  ) -> Double {
    var (paths, law, covered) = (0, [1.0], 0.0)
    let looks = Precision.looks(from: first, to: 12_800)
    for look in looks {
      law = Self.sum(law, Self.binomial(look - paths, survival))
      paths = look
      for alive in law.indices where law[alive] > 0 {
        let share = Proportion(alive, of: paths)
        let estimate = share.estimate(confidence: confidence)
        let isMet = rule.isMet(by: rule.relative == nil ? estimate : estimate.complement)
        guard isMet || look == looks.last else { continue }
        if holds(share) { covered += law[alive] }
        law[alive] = 0
      }
    }
    return covered
  }

  /// The same of the interval itself.
  private func coverage(_ survival: Double, _ rule: Precision, from first: Int, confidence: Double) -> Double {
    coverage(survival, rule, from: first, confidence: confidence) { share in
      let estimate = share.estimate(confidence: confidence)
      return (estimate.low ?? 1) <= survival && survival <= (estimate.high ?? 0)
    }
  }

  /// P(k of n), 0 where it is under 1e-12 of the largest.
  private static func binomial(_ n: Int, _ p: Double) -> [Double] {
    let (alive, lost) = (log(p), log1p(-p))
    let logs = (0...n).map { k -> Double in
      let (k, rest) = (Double(k), Double(n - k))
      let ways: Double = lgamma(k + rest + 1) - lgamma(k + 1) - lgamma(rest + 1)
      return ways + k * alive + rest * lost
    }
    let most = logs.max() ?? 0
    return logs.map { $0 > most - 27.6 ? exp($0) : 0 }
  }

  /// The law of the sum of two independent numbers.
  private static func sum(_ one: [Double], _ other: [Double]) -> [Double] {
    var law = [Double](repeating: 0, count: one.count + other.count - 1)
    for (k, p) in one.enumerated() where p > 1e-14 {
      for (j, q) in other.enumerated() where q > 0 { law[k + j] += p * q }
    }
    return law
  }

  /// The shares, widths and first looks are those at which it is least, found by a finer search.
  @Test(
    "holds intervals as often as the study asks, where intervals at that confidence would not",
    arguments: [
      (0.9625, Precision("survival", halfWidth: 0.02), 100), (0.98, Precision("survival", halfWidth: 0.01), 100),
      (0.825, Precision("survival", halfWidth: 0.05), 100), (0.875, Precision("survival", halfWidth: 0.01), 300),
      (0.995, Precision("survival", halfWidth: 0.02), 1000), (0.875, Precision("ruin", relative: 0.4), 300),
      (0.97, Precision("ruin", relative: 0.2), 100), (0.75, Precision("ruin", relative: 0.1), 1000),
    ])
  func covers(survival: Double, rule: Precision, first: Int) {
    let kept = coverage(survival, rule, from: first, confidence: Precision.confidence(covering: 0.95))
    #expect(kept >= 0.95 && kept < 0.99, "\(kept)")
    let plain = coverage(survival, rule, from: first, confidence: 0.95)
    #expect(plain <= kept)
    if survival == 0.98 { #expect(plain < 0.93, "\(plain)") }
  }

  /// The lower bound is what a criterion's pass rests on. Where it is least, by a finer search.
  @Test(
    "holds the bounds that criteria rest on as often too",
    arguments: [(0.965, 0.02, 100), (0.9575, 0.02, 300), (0.75, 0.05, 300), (0.7, 0.02, 300)])
  func bounds(survival: Double, halfWidth: Double, first: Int) {
    func covers(_ oneSided: Double) -> Double {
      let rule = Precision("survival", halfWidth: halfWidth)
      return coverage(survival, rule, from: first, confidence: Precision.confidence(covering: 0.95)) { share in
        (share.clopperPearson(confidence: 2 * oneSided - 1).low ?? 1) <= survival
      }
    }
    let kept = covers(Precision.confidence(covering: 0.95))
    #expect(kept >= 0.95 && kept < 0.99, "\(kept)")
    if survival == 0.7 { #expect(covers(0.95) < 0.93) }
  }

  /// 2,000 runs of skewed figures with mean 1, seed 6: under 0.935 no run falls by chance of one in a thousand.
  @Test("holds means as often too")
  func means() {
    var random = SplitMix64(seed: 6)
    var covered = 0
    for _ in 0..<2000 {
      var values: [Double] = []
      for look in Precision.looks(from: 100, to: 3200) {
        while values.count < look { values.append(-log((Double(random.next() >> 11) + 0.5) * 0x1p-53)) }
        let estimate = Moments(values).estimate(confidence: Precision.confidence(covering: 0.95))
        guard look == 3200 || Precision("x", halfWidth: 0.1).isMet(by: estimate) else { continue }
        if let low = estimate.low, let high = estimate.high, low <= 1, 1 <= high { covered += 1 }
        break
      }
    }
    #expect(covered >= 1870, "\(covered)")
  }

  private static func study(_ monteCarlo: String) -> String {
    """
    { "stresslab": "study/1", "title": "Until", "scenarios": ["small.json"], "severities": [0, 1],
      "panel": { "hold": { "model": "buyAndHold", "leverage": 4 } }, "monteCarlo": { \(monteCarlo), "seed": 7 } }
    """
  }

  @Test("has the bytes of a run of so many paths, goes on with a larger budget, and says why it stopped")
  func runs() throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    let program = StressLabProgram(folder: folder)
    func summary(_ out: String) throws -> Summary {
      try JSONDecoder().decode(
        Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("\(out)/summary.json")))
    }
    let until = #""firstLook": 64, "until": [{ "measure": "survival", "halfWidth": 0.06 }]"#
    try folder.write("study.json", Self.study("\"paths\": 4096, \(until)"))
    let run = try program.run("run", "study.json", "--out", "until")
    #expect(run.code == 0, "\(run.error)")
    let found = try summary("until")
    // A share near a half has a half-width of 1.085/√n: 0.06 at 327 paths, and so after 512 at the latest.
    #expect([64, 128, 256, 512].contains(found.run.paths) && found.stopping?.isMet == true, "\(found.run.paths)")
    let half = found.desks.last.map { (($0.survival.high ?? 1) - ($0.survival.low ?? 0)) / 2 } ?? 1
    #expect(half <= 0.06)
    try folder.write("fixed.json", Self.study("\"paths\": \(found.run.paths)"))
    #expect(try program.run("run", "fixed.json", "--out", "fixed").code == 0)
    #expect(try summary("fixed").run.digest == found.run.digest)
    let page = try String(contentsOfFile: folder.path("until/index.html"), encoding: .utf8)
    #expect(page.contains("as every interval that the study names beforehand is narrow enough"))
    #expect(found.run.confidence == 0.97 && found.stopping?.confidence == 0.95)
    let words = page.replacing("\u{A0}", with: " ")
    // One-sided bounds of 97 %.
    let criteria = try #require(found.criteria).lines.compactMap(\.estimate)
    #expect(!criteria.isEmpty && criteria.allSatisfy { abs($0.confidence - 0.94) < 1e-12 })
    #expect(words.contains("where the one-sided bound at 97 % confidence reaches the limit"))
    #expect(words.contains("those of 97 % for a fixed number of paths, so that they hold in 95 % of runs that"))

    // A budget that ends before says so, and a larger one goes on from there.
    let tight = #""firstLook": 64, "until": [{ "measure": "ruin", "relative": 0.0001 }]"#
    try folder.write("study.json", Self.study("\"paths\": 128, \(tight)"))
    #expect(try program.run("run", "study.json", "--out", "tight").code == 0)
    let ended = try summary("tight")
    #expect(ended.run.paths == 128 && ended.stopping?.isMet == false)
    #expect(try program.run("run", "study.json", "--out", "tight", "--resume", "--paths", "256").code == 0)
    #expect(try summary("tight").run.paths == 256)
  }

  static let broken: [(until: String, told: String)] = [
    (
      #"{ "measure": "survivl", "halfWidth": 0.1 }"#,
      #"/monteCarlo/until/0/measure: no measure of one number is called"#
    ),
    (#"{ "measure": "survival" }"#, #"/monteCarlo/until/0: "survival" has "halfWidth", and no other width"#),
    (#"{ "measure": "ruin", "halfWidth": 0.1 }"#, #"/monteCarlo/until/0: "ruin" has "relative", and no other width"#),
    (
      #"{ "measure": "survival", "desk": "x/none", "halfWidth": 0.1 }"#,
      #"/monteCarlo/until/0/desk: no desk is called "x/none""#
    ),
  ]

  @Test("of what is not there is refused at its place", arguments: broken)
  func refused(until: String, told: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    try folder.write("study.json", Self.study("\"paths\": 64, \"until\": [\(until)]"))
    let result = try StressLabProgram(folder: folder).run("validate", "study.json")
    #expect(result.code == 2 && result.error.contains(told), "\(result.error)")
  }
}
