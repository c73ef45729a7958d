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

  /// 4,000 runs each, seed 5, whose coverage has an error of 0.004: looking more than once costs some where the share is near 1
  /// and the first look sees few ruins; seen: 0.924 at 0.98, more elsewhere, where one length covers 0.95. Under 0.91 no case
  /// falls by chance.
  @Test(
    "keeps the interval's coverage but for two or three hundredths",
    arguments: [
      (0.5, Precision("survival", halfWidth: 0.02)), (0.9, Precision("survival", halfWidth: 0.02)),
      (0.98, Precision("survival", halfWidth: 0.01)), (0.95, Precision("ruin", relative: 0.2)),
    ])
  func coverage(survival: Double, rule: Precision) {
    var random = SplitMix64(seed: 5)
    var covered = 0
    for _ in 0..<4000 {
      var (alive, paths) = (0, 0)
      for look in Precision.looks(from: 100, to: 25_600) {
        while paths < look {
          if Double(random.next() >> 11) * 0x1p-53 < survival { alive += 1 }
          paths += 1
        }
        let estimate = Proportion(alive, of: paths).estimate()
        guard rule.isMet(by: rule.relative == nil ? estimate : estimate.complement) || look == 25_600 else { continue }
        if let low = estimate.low, let high = estimate.high, low <= survival, survival <= high { covered += 1 }
        break
      }
    }
    #expect(Double(covered) / 4000 > 0.91, "\(Double(covered) / 4000)")
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
    // A share near a half has a half-width of 0.98/√n: 0.06 at 267 paths, and so after 512 at the latest.
    #expect([64, 128, 256, 512].contains(found.run.paths) && found.stopping?.isMet == true, "\(found.run.paths)")
    let half = found.desks.last.map { (($0.survival.high ?? 1) - ($0.survival.low ?? 0)) / 2 } ?? 1
    #expect(half <= 0.06)
    try folder.write("fixed.json", Self.study("\"paths\": \(found.run.paths)"))
    #expect(try program.run("run", "fixed.json", "--out", "fixed").code == 0)
    #expect(try summary("fixed").run.digest == found.run.digest)
    let page = try String(contentsOfFile: folder.path("until/index.html"), encoding: .utf8)
    #expect(page.contains("as every interval that the study names beforehand is narrow enough"))

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
