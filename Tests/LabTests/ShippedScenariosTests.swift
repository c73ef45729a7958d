import Foundation
import Lab
import Lanes
import MarketData
import Markets
import Testing

/// The scenarios and studies of the repository: found by whoever looks for them, with sources, and as their words say.
@Suite("The shipped scenarios")
struct ShippedScenariosTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
  }

  /// All of them, those of past days too.
  private static func scenarios() throws -> [String] { try files("scenarios") + files("scenarios/history") }

  private static func load(_ file: String) throws -> StudyFile {
    try StudyFile(reading: [root.appendingPathComponent(file).path], repository: nil)
  }

  @Test("are named in the README, each and every one")
  func inReadme() throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let files = try Self.scenarios() + Self.files("scenarios/studies") + Self.files("scenarios/post-mortems")
    #expect(files.count >= 8)
    for file in files { #expect(readme.contains("(\(file))"), "\(file)") }
  }

  @Test("say what happens, and where the figures of each event come from")
  func sources() throws {
    for file in try Self.scenarios() {
      let scenario = try Self.load(file).scenarios[0].scenario
      #expect(scenario.description.count > 100, "\(file)")
      for event in scenario.events {
        #expect(scenario.sources.contains { $0.pointer.hasPrefix("/events/\(event.name)") }, "\(file): \(event.name)")
      }
      #expect(scenario.sources.contains { $0.pointer.hasPrefix("/assets") }, "\(file)")
    }
  }

  @Test("have clocks of a minute, of half an hour and of a day among them")
  func clocks() throws {
    let steps = Set(try Self.files("scenarios").map { try Self.load($0).scenarios[0].scenario.clock.stepSeconds })
    #expect(steps.isSuperset(of: [60, 1800, 23_400]))
  }

  /// Markets of one tile: bars at both severities after some step, each asset's groups of lanes.
  private static func tiles(_ file: String, groups: Int) throws -> (struck: MarketTile, calm: MarketTile) {
    let scenario = try load(file).scenarios[0].scenario
    let tiles = try [1.0, 0].map { try Market(scenario: scenario, severity: $0, seed: 9).makeTile(groups: groups) }
    for tile in tiles { tile.reset(firstPath: 0) }
    return (tiles[0], tiles[1])
  }

  @Test("a dry week moves no price, and is dry for the days that its words say")
  func lowLiquidity() throws {
    let (struck, calm) = try Self.tiles("scenarios/low-liquidity.json", groups: 4)
    var dry = Array(repeating: 0, count: 32)
    while struck.step < struck.description.clock.steps - 1 {
      struck.advance()
      calm.advance()
      for place in struck.bars.indices {
        #expect(struck.bars[place].close == calm.bars[place].close && struck.bars[place].low == calm.bars[place].low)
      }
      for path in 0..<32 where struck.step >= 0 {
        let ratio = struck.bars[path / 8].depth[path % 8] / calm.bars[path / 8].depth[path % 8]
        #expect(ratio > 0.049 && ratio <= 1)
        if ratio < 0.4 { dry[path] += 1 }
      }
    }
    // "About a week": the plateau of four to six sessions of thirteen steps, and what of rise and fall is under 0.4.
    #expect(dry.allSatisfy { $0 >= 52 && $0 <= 13 * 10 }, "\(dry)")
  }

  /// At zero drift the mean price stays where it was, however wild: four standard errors, a false alarm in 16,000.
  @Test("an explosion of volatility moves prices three to four times as much, and their mean nowhere")
  func extremeVolatility() throws {
    let (struck, calm) = try Self.tiles("scenarios/extreme-volatility.json", groups: 64)
    let starts = struck.eventStart(0)
    var sums = (struck: 0.0, calm: 0.0)
    while struck.step < struck.description.clock.steps - 1 {
      struck.advance()
      calm.advance()
      guard struck.step >= 0 else { continue }
      for path in 0..<512 {
        let since = Double(struck.step) - starts[path / 8][path % 8]
        guard since >= 6, since < 24 else { continue }
        sums.struck += pow(log(struck.bars[path / 8].close[path % 8] / struck.bars[path / 8].open[path % 8]), 2)
        sums.calm += pow(log(calm.bars[path / 8].close[path % 8] / calm.bars[path / 8].open[path % 8]), 2)
      }
    }
    let ratio = (sums.struck / sums.calm).squareRoot()
    #expect((3.2...4).contains(ratio), "\(ratio)")
    let ends = (0..<512).map { struck.bars[$0 / 8].close[$0 % 8] / struck.description.initialPrices[0] }
    let mean = ends.reduce(0, +) / 512
    let deviation = (ends.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 511).squareRoot()
    #expect(abs(mean - 1) < 4 * deviation / 512.0.squareRoot(), "\(mean)")
  }

  @Test("a gap after earnings lies between the first close and the next open, up as often as down")
  func earningsGap() throws {
    let (struck, calm) = try Self.tiles("scenarios/earnings-gap.json", groups: 64)
    while struck.step < 389 {
      struck.advance()
      calm.advance()
      for place in struck.bars.indices { #expect(struck.bars[place].close == calm.bars[place].close) }
    }
    struck.advance()
    calm.advance()
    let gaps = (0..<512).map { struck.bars[$0 / 8].open[$0 % 8] / calm.bars[$0 / 8].open[$0 % 8] - 1 }
    // Of 512 signs; the root mean square of a normal law with a standard deviation of 0.12 has an error of 3 %.
    #expect(abs(Double(gaps.count { $0 > 0 }) - 256) < 4 * 128.0.squareRoot())
    let size = (gaps.reduce(0) { $0 + $1 * $1 } / 512).squareRoot()
    #expect(abs(size / 0.12 - 1) < 0.13, "\(size)")
  }

  @Test("the study of four stresses has four scenarios that are struck, at severity 0 and 1")
  func fourStresses() throws {
    let file = try Self.load("scenarios/studies/four-stresses.json")
    #expect(
      file.scenarios.map { URL(fileURLWithPath: $0.path).lastPathComponent } == [
        "flash-crash.json", "low-liquidity.json", "extreme-volatility.json", "broken-correlation.json",
      ])
    #expect(file.study.severities == [0, 1])
    for scenario in file.scenarios {
      let moved = try [1.0, 0].map { severity -> [Double] in
        let tile = try Market(scenario: scenario.scenario, severity: severity, seed: 9).makeTile(groups: 1)
        tile.reset(firstPath: 0)
        let clock = tile.description.clock
        return (0..<clock.warmupSteps + clock.steps).flatMap { _ -> [Double] in
          tile.advance()
          return tile.bars.flatMap { [$0.close[0], $0.depth[0], $0.high[0]] }
        }
      }
      #expect(moved[0] != moved[1], "\(scenario.path)")
    }
  }
}
