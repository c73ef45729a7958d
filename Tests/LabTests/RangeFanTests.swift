import Foundation
import Lab
import Markets
import Testing

@Suite("The range of a step")
struct RangeFanTests {
  /// Days that move by a third: of a high 60 % over the low the logarithm is 0.47. A bin is 2 % wide at most.
  ///
  /// Planted mistake: the logarithm.
  @Test("is the high over the low, less 1, as the market's own bars have it")
  func simple() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "market.json",
      """
      { "stresslab": "scenario/1", "title": "Wild",
        "clock": { "step": "1d", "length": "20d", "start": "2024-01-03", "calendar": { "model": "continuous" } },
        "assets": { "AAA": { "price": 40, "process": { "model": "gbm", "annualVolatility": 6 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 1e9, "depthTo1Percent": 1e9, "refillHalfLife": "1h" } } },
        "venue": {} }
      """)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Wild", "scenarios": ["market.json"],
        "panel": { "flat": { "model": "flat" } }, "monteCarlo": { "paths": 512, "seed": 5 } }
      """)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    let fan = try #require(summary.markets.first?.assets.first?[.range])
    let scenario = try StudyFile(reading: [study], repository: nil).scenarios[0].scenario
    let tile = try Market(scenario: scenario, severity: 1, seed: 5).makeTile(groups: 64)
    tile.reset(firstPath: 0)
    for _ in 0..<20 { tile.advance() }
    let ranges = (0..<512).map { tile.bars[$0 / 8].high[$0 % 8] / tile.bars[$0 / 8].low[$0 % 8] - 1 }.sorted()
    #expect(abs((fan.p50.last ?? .nan) / ranges[255] - 1) < 0.03, "\(fan.p50.last ?? .nan), \(ranges[255])")
    #expect(abs((fan.p95.last ?? .nan) / ranges[486] - 1) < 0.03, "\(fan.p95.last ?? .nan), \(ranges[486])")
  }
}
