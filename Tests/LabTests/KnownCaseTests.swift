import Foundation
import Lab
import Statistics
import Testing

@Suite("The known case")
struct KnownCaseTests {
  /// Eight intervals of 99.9 %: a false alarm in 125 choices of seeds. The figure is the density of the first passage,
  /// |b|/(s√(2πt³))·e^{−(b − νt)²/2s²t}, added up at the middles of a million parts.
  @Test("is met by this program, whatever the seed", arguments: [1, 2, 3, 20, 300, 4000, 50_000, UInt64.max])
  func met(seed: UInt64) throws {
    let known = try KnownCase(seed: seed)
    #expect(known.isMet, "\(known)")
    #expect(known.ruined.n == 8192 && abs(known.expected - 0.313907764) < 1e-8)
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
