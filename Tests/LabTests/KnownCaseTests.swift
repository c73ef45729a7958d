import Foundation
import Lab
import Statistics
import Testing

@Suite("The known case")
struct KnownCaseTests {
  /// Planted mistakes that it was seen to fail with: a book twice as deep; no maintenance margin.
  ///
  /// Sixteen intervals of 99.9 %: a false alarm in 60 choices of seeds. The figure is the density of the first passage,
  /// |b|/(s√(2πt³))·e^{−(b − νt)²/2s²t}, added up at the middles of a million parts.
  @Test("is met by this program, whatever the seed", arguments: [1, 2, 3, 20, 300, 4000, 50_000, UInt64.max])
  func met(seed: UInt64) throws {
    let known = try KnownCase(seed: seed)
    #expect(known.isMet, "\(known)")
    #expect(known.ruined.n == 8192 && abs(known.expected - 0.313907764) < 1e-8)
    let fall = try #require(known.fall)
    #expect(fall.isMet && fall.called.n == 8192, "\(fall)")
  }

  /// By hand: 40,000 shares at 100 cost 2 + 5 + 1 bps, which leaves cash of −3,003,200; 5 % of 40,000·X is left at
  /// X = 3,003,200/(0.95·40,000) = 79.0316, so falls over 20.9684 % of 10 to 30 % are called: 45.158 %.
  ///
  @Test("has the fall that the margin lasts for, and misses a cost or a share that is off")
  func fall() throws {
    #expect(abs(KnownFall.deepest - (1 - 3_003_200 / (0.95 * 40_000) / 100)) < 1e-12)
    let fall = try KnownFall(seed: 1)
    #expect(abs(fall.expected - 0.45158) < 5e-6)
    #expect(!KnownFall(called: fall.called, expected: fall.expected, costBps: fall.costBps + 0.01).isMet)
    #expect(!KnownFall(called: fall.called, expected: fall.expected - 0.04, costBps: fall.costBps).isMet)
    #expect(
      !KnownCase(
        ruined: Proportion(2572, of: 8192).clopperPearson(confidence: KnownCase.confidence), expected: 0.313907764,
        fall: KnownFall(called: fall.called, expected: fall.expected, costBps: 7)
      ).isMet)
  }

  @Test("is missed by a count that is off by a tenth")
  func missed() throws {
    let known = try KnownCase(seed: 1)
    let lost = Int((0.9 * (known.ruined.value ?? .nan) * 8192).rounded())
    let other = KnownCase(
      ruined: Proportion(lost, of: 8192).clopperPearson(confidence: KnownCase.confidence), expected: known.expected)
    #expect(!other.isMet)
  }

  @Test("stands in a run's store and summary with the run's seed, and verification finds another one")
  func stored() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    let program = StressLabProgram(folder: folder)
    let run = try program.run("run", "study.json", "--paths", "16", "--seed", "9", "--out", "out", "--quiet")
    try #require(run.code == 0, "\(run.error)")
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("out/summary.json")))
    #expect(try summary.knownCase == KnownCase(seed: 9))
    try folder.changeMeta(of: "out", "update meta set value = replace(value, '8192', '8193') where key = 'knownCase'")
    let result = try program.run("verify", "out")
    #expect(result.code == 1)
    #expect(
      result.output.contains("differs      the known case: comes out otherwise than the store tells of it"),
      "\(result.output)")
  }
}
