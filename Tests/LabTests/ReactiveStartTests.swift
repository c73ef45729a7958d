import Foundation
import Lab
import Lanes
import Markets
import Testing

/// Events whose start is first known when prices make it: times, fans and stories of a run.
@Suite("Events that wait for prices")
struct ReactiveStartTests {
  /// A session, in steps of five minutes unless said otherwise, with one asset; what surrounds its price is without noise.
  private static func session(_ process: String, _ events: String, step: String = "5m") -> String {
    """
    { "stresslab": "scenario/1", "title": "Session",
      "clock": { "step": "\(step)", "length": "6.5h", "warmup": "1h", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "assets": { "AAA": { "price": 100, "process": { "model": "gbm", \(process) },
        "liquidity": { "halfSpreadBps": 2, "volumePerDay": 1e9, "depthTo1Percent": 1e6, "refillHalfLife": "30s",
          "volumeVolatility": 0, "spreadVolumeElasticity": 0 } } },
      "venue": { "takerFeeBps": 0, "initialMargin": 0.5, "maintenanceMargin": 0.1 }, "events": { \(events) } }
    """
  }

  private static func dry(depth: Double, delay: String = "0s") -> String {
    """
    "dry": { "model": "drought", "halfSpread": 8,
      "start": { "model": "drawdown", "asset": "AAA", "depth": \(depth), "delay": "\(delay)" },
      "window": { "plateau": "1h" } }
    """
  }

  private static func run(_ market: String, _ more: String, paths: Int, in folder: TemporaryFolder) throws -> Summary {
    try folder.write("market.json", market)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Waiting", "scenarios": ["market.json"], "account": { "equity": 1000 },
        "panel": { "hold": { "model": "buyAndHold" } }, \(more) "monteCarlo": { "paths": \(paths), "seed": 5 } }
      """)
    return try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
  }

  /// A fall of 20 % on a line over an hour from 1 h on is 10 % deep after ln 0.9/ln 0.8 of the hour, at 1 h 28 min 20 s:
  /// in the step that closes at 1 h 30 min. Five minutes later the drought starts. Quantiles are right to a bin, 3·10⁻⁴.
  ///
  /// Planted mistake: times of events taken before any step is made.
  @Test("start on the clock when their trigger says, and fans count to and fro from there")
  func knownMoment() throws {
    let folder = try TemporaryFolder()
    let crash = """
      "crash": { "model": "flashCrash", "asset": "AAA", "start": "1h", "drop": 0.2, "fall": { "duration": "1h" },
        "recovery": { "fraction": 0, "halfLife": "1h" } }
      """
    let summary = try Self.run(
      Self.session("\"annualVolatility\": 1e-6", crash + ", " + Self.dry(depth: 0.1, delay: "5m")),
      "\"severities\": [1], \"recovery\": { \"from\": \"dry\" },", paths: 24, in: folder)
    let line = try #require(summary.scenarios[0].events.first { $0.name == "dry" })
    #expect(line.waitsForPrices == true && line.movesPrice == false && line.jumps == false)
    #expect(line.startingShare == 1)
    #expect(abs(line.startSeconds.p50 - 5700) < 1e-6 && abs(line.windowEndSeconds.p50 - 9300) < 1e-6)
    let other = try #require(summary.scenarios[0].events.first { $0.name == "crash" })
    #expect(other.waitsForPrices == false && other.movesPrice == true)
    let fans = summary.markets[0].assets[0]
    let price = try #require(fans[.priceThroughEvent])
    let spread = try #require(fans[.halfSpread])
    for (seconds, ratio) in [
      (-600.0, pow(0.8, -1.0 / 6)), (-300, pow(0.8, -1.0 / 12)), (0, 1), (1200, pow(0.8, 1.0 / 3)),
    ] {
      let point = try #require(price.seconds.firstIndex(of: seconds), "\(price.seconds)")
      #expect(abs(price.p50[point] - ratio) < 1e-3, "\(seconds): \(price.p50[point])")
    }
    for (seconds, factor) in [(-300.0, 1.0), (0, 1), (300, 8), (3600, 8)] {
      let point = try #require(spread.seconds.firstIndex(of: seconds))
      // A bin is |ln x|/64 of x wide where x is far from 1.
      #expect(abs(spread.p50[point] / (2 * factor) - 1) < log(factor) / 64 + 3e-4, "\(seconds): \(spread.p50[point])")
    }
    let trace = try #require(summary.desks[0].worstPath)
    let marker = try #require(trace.markers.first { $0.label == "dry starts" })
    #expect(abs(marker.seconds - 5700) < 1e-6)
  }

  /// A fall on a line is 5 % deep after ln 0.95/ln 0.8 of its hour, at 1 h 13 min 47 s; the sub-step of 7.5 minutes closes
  /// at 1 h 15 min, inside the step that closes at 1 h 30 min. The last close before it is that at 1 h.
  ///
  /// Planted mistake: a history that is a step too short.
  @Test("that come inside a step count from the close before it")
  func insideStep() throws {
    let folder = try TemporaryFolder()
    let crash = """
      "crash": { "model": "flashCrash", "asset": "AAA", "start": "1h", "drop": 0.2, "fall": { "duration": "1h" },
        "recovery": { "fraction": 0, "halfLife": "1h" } }
      """
    let summary = try Self.run(
      Self.session("\"annualVolatility\": 1e-6", crash + ", " + Self.dry(depth: 0.05), step: "30m"),
      "\"severities\": [1], \"recovery\": { \"from\": \"dry\" },", paths: 24, in: folder)
    let line = try #require(summary.scenarios[0].events.first { $0.name == "dry" })
    #expect(abs(line.startSeconds.p50 - 4500) < 1e-6)
    let price = try #require(summary.markets[0].assets[0][.priceThroughEvent])
    for (seconds, ratio) in [(-1800.0, 1), (0, 1), (1800, pow(0.8, 0.5)), (3600, 0.8)] {
      let point = try #require(price.seconds.firstIndex(of: seconds), "\(price.seconds)")
      #expect(abs(price.p50[point] - ratio) < 1e-3, "\(seconds): \(price.p50[point])")
    }
  }

  /// The share of paths is counted here from bars of the market alone.
  @Test("start on the share of paths on which prices go there, and at their times")
  func share() throws {
    let folder = try TemporaryFolder()
    let text = Self.session("\"annualVolatility\": 0.4", Self.dry(depth: 0.02))
    let summary = try Self.run(text, "\"severities\": [0, 1],", paths: 24, in: folder)
    let scenario = try StudyFile(reading: [folder.path("study.json")], repository: nil).scenarios[0].scenario
    let tile = try Market(scenario: scenario, severity: 1, seed: 5).makeTile(groups: 4)
    var starts: [Double] = []
    for firstPath in stride(from: 0, to: 1024, by: 32) {
      tile.reset(firstPath: UInt64(firstPath))
      var highest = Array(repeating: 0.0, count: 32)
      var isDone = Array(repeating: false, count: 32)
      while tile.step < 77 {
        tile.advance()
        guard tile.step >= 0 else { continue }
        for path in 0..<32 {
          let bar = tile.bars[path / 8]
          let (high, low, open) = (bar.high[path % 8], bar.low[path % 8], bar.open[path % 8])
          highest[path] = max(highest[path], open)
          if !isDone[path], low <= highest[path] * 0.98, tile.step < 77 {
            isDone[path] = true
            starts.append(Double(tile.step + 1) * 300)
          }
          highest[path] = max(highest[path], high)
        }
      }
    }
    let line = summary.scenarios[0].events[0]
    #expect(line.startingShare == Double(starts.count) / 1024 && starts.count > 100 && starts.count < 1000)
    starts.sort()
    #expect(abs(line.startSeconds.p50 - starts[starts.count / 2]) <= 300)
  }

  /// With an event that never comes beside it, an event whose start is known is counted as it comes.
  ///
  /// Planted mistake: the reference of relative quantities taken a step late.
  @Test("are counted as events of known start are, to the last bit of every fan")
  func sameAsKnown() throws {
    var fans: [[AssetFans]] = []
    for events in [SmallScenario.crash, SmallScenario.crash + ", " + Self.dry(depth: 0.9999)] {
      let folder = try TemporaryFolder()
      try folder.write("small.json", SmallScenario.scenario(events: events))
      let study = try folder.write("study.json", SmallScenario.study())
      let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2, tile: 64))
      fans.append(summary.markets.flatMap(\.assets))
    }
    #expect(fans[0].count == 4 && fans[0] == fans[1])
  }

  /// Held once over with no cost, a gap of −40 % is a loss of 40 % of the start, all of it the event's.
  ///
  /// Planted mistake: what jumps at an open told as the asset's own gap.
  @Test("a gap at an open is the event’s doing in the story of a path")
  func gapInTheStory() throws {
    let folder = try TemporaryFolder()
    let gap = """
      "news": { "model": "gap", "asset": "AAA", "change": -0.4, "start": "2h" }
      """
    let summary = try Self.run(
      Self.session("\"annualVolatility\": 1e-6", gap), "\"severities\": [1],", paths: 16, in: folder)
    let line = summary.scenarios[0].events[0]
    #expect(line.jumps == true && line.movesPrice == true && line.waitsForPrices == false)
    let trace = try #require(summary.desks[0].worstPath)
    let parts = trace.equityParts ?? []
    let event = parts.filter { $0.cause == .event }.reduce(0) { $0 + $1.change }
    #expect(abs(event + 0.4) < 1e-3 && parts.first?.subject == "news", "\(parts)")
    #expect(trace.text.contains("by the event “news”") && trace.text.contains("the gap “news” comes"), "\(trace.text)")
    #expect(trace.markers.contains { $0.label == "news: gap" && $0.seconds == 7200 })
  }
}
