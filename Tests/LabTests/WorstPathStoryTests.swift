import Foundation
import Lab
import Lanes
import Markets
import Testing

@Suite("The story of the worst path")
struct WorstPathStoryTests {
  private static let liquidity = """
    "liquidity": { "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" }
    """

  /// A market of daily steps with one asset.
  private static func daily(_ process: String, days: Int = 40, events: String = "") -> String {
    """
    { "stresslab": "scenario/1", "title": "Days",
      "clock": { "step": "1d", "length": "\(days)d", "warmup": "20d", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "assets": { "AAA": { "price": 100, "process": { \(process) }, \(liquidity) } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05 }, "events": { \(events) } }
    """
  }

  private static func crash(start: String, drop: Double) -> String {
    """
    "crash": { "model": "flashCrash", "asset": "AAA", "start": "\(start)", "drop": \(drop),
      "fall": { "duration": "6m" }, "recovery": { "fraction": 1, "halfLife": "15m" } }
    """
  }

  private static func study(leverage: Double, paths: Int) -> String {
    """
    { "stresslab": "study/1", "title": "Story", "scenarios": ["market.json"],
      "panel": { "hold": { "model": "buyAndHold", "leverage": \(leverage) } },
      "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": \(paths), "seed": 5 } }
    """
  }

  /// Writes and runs a market with one holder.
  private static func run(_ market: String, leverage: Double, paths: Int, in folder: TemporaryFolder) throws -> Trace {
    try folder.write("market.json", market)
    let study = try folder.write("study.json", study(leverage: leverage, paths: paths))
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    return try #require(summary.desks.first?.worstPath)
  }

  /// Opens and closes of a path, made here from the market alone.
  private static func bars(_ folder: TemporaryFolder, path: Int64) throws -> [(open: Double, close: Double)] {
    let file = try StudyFile(reading: [folder.path("study.json")], repository: nil)
    let market = try Market(scenario: file.scenarios[0].scenario, severity: 1, seed: 5)
    let tile = market.makeTile(groups: 1)
    tile.reset(firstPath: UInt64(path & ~7))
    var bars: [(open: Double, close: Double)] = []
    while tile.step < market.description.clock.steps - 1 {
      tile.advance()
      if tile.step >= 0 { bars.append((tile.bars[0].open[Int(path & 7)], tile.bars[0].close[Int(path & 7)])) }
    }
    return bars
  }

  private static func sum(_ trace: Trace, _ causes: EquityCause...) -> Double {
    (trace.equityParts ?? []).filter { causes.contains($0.cause) }.reduce(0) { $0 + $1.change }
  }

  /// Moments told, in days: "By 3 d", "3 d in".
  private static func days(_ text: String) throws -> [Double] {
    try matches("(?:By |, |^| )([0-9.]+)\u{A0}d(?:,| in)", text).compactMap { Double($0[0]) }
  }

  private static func matches(_ pattern: String, _ text: String) throws -> [[String]] {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
      (1..<match.numberOfRanges).map { whole.substring(with: match.range(at: $0)) }
    }
  }

  /// Rounding of sums over 78 steps: 1e-12 of equity each at most.
  @Test("its parts add up to the change of equity in the store, and what trading cost is the store’s cost")
  func parts() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    let terms = ["halfSpread", "impact", "fees", "financing", "liquidation"].map {
      "(\($0)Calm + \($0)Event) / startEquity"
    }
    let rows = try folder.outcomes("run", ["desk", "path", "finalEquity / startEquity - 1"] + terms)
      .map { $0.split(separator: "|").compactMap { Double($0) } }
    var told = 0
    for desk in summary.desks {
      let trace = try #require(desk.worstPath)
      let row = try #require(rows.first { $0[0] == Double(desk.desk) && $0[1] == Double(trace.path) })
      let parts = try #require(trace.equityParts)
      #expect(abs(parts.reduce(0) { $0 + $1.change } - row[2]) < 1e-9, "desk \(desk.desk)")
      for (cause, cost) in zip([EquityCause.halfSpread, .impact, .fees, .financing, .forcedSale], row[3...]) {
        #expect(abs(Self.sum(trace, cause) + cost) < 1e-9, "desk \(desk.desk), \(cause)")
      }
      #expect(zip(parts, parts.dropFirst()).allSatisfy { abs($0.change) >= abs($1.change) })
      if desk.severity == 0 { #expect(Self.sum(trace, .event) == 0) }
      told += parts.count { $0.cause == .event && $0.change != 0 }
    }
    #expect(told > 0)
  }

  /// Where nothing else moves the price, the event's part is what the price did to the position.
  @Test("all that a market without noise does is the event’s, on six minutes of a daily step too")
  func eventAlone() throws {
    let folder = try TemporaryFolder()
    let quiet = Self.daily(
      "\"model\": \"gbm\", \"annualVolatility\": 1e-5", days: 10, events: Self.crash(start: "5d", drop: 0.4))
    let trace = try Self.run(quiet, leverage: 3, paths: 16, in: folder)
    // Sold at half the start: a loss of 50 % of it, of which costs are apart.
    let price = Self.sum(trace, .event, .market, .gap, .jump)
    #expect(abs(Self.sum(trace, .event) - price) < 1e-3 && price < -0.45, "\(trace.equityParts ?? [])")
    #expect(trace.text.contains("by the event “crash”"))
  }

  @Test("a jump that ruins before the event is told first, with its size, and the event after it")
  func jumpBeforeEvent() throws {
    let folder = try TemporaryFolder()
    let jumps = """
      "model": "merton", "annualVolatility": 0.6, "jumpsPerYear": 12, "meanJump": -0.12, "jumpVolatility": 0.02
      """
    let trace = try Self.run(
      Self.daily(jumps, events: Self.crash(start: "35d", drop: 0.05)), leverage: 4, paths: 400, in: folder)
    let text = trace.text
    // Seen before: "35 d in, crash starts. ... 8 d in, it has lost what the study calls ruin."
    let ruin = try #require(text.range(of: "it is sold out"))
    let event = try #require(text.range(of: "“crash” starts only after that"))
    #expect(ruin.lowerBound < event.lowerBound)
    let days = try Self.days(text)
    #expect(days.count > 2 && days == days.sorted(), "\(days): \(text)")
    // The largest gap of the held position is a jump, and the story names it with the size that the market made.
    let bars = try Self.bars(folder, path: trace.path)
    let told = try Self.matches("a (?:jump|jump in a move) of AAA by \u{2212}([0-9.]+)\u{A0}%", text).compactMap {
      Double($0[0])
    }
    let moves = bars.indices.dropFirst().flatMap { step in
      [bars[step].open / bars[step - 1].close, bars[step].close / bars[step].open].map { 100 * (1 - $0) }
    }
    for size in told { #expect(moves.contains { abs($0 - size) <= 0.0501 }, "\(size)") }
    #expect(told.contains { $0 > 10 })
    #expect(Self.sum(trace, .jump) < -0.1 && text.contains("jumps of AAA"))
  }

  /// A normal gap beyond five standard deviations: 6e-7 each, for 64 paths looked at one way: under 1e-3 in all.
  @Test("nights without jumps are gaps, of the sizes that the market made")
  func nightsAreGaps() throws {
    let folder = try TemporaryFolder()
    let trace = try Self.run(
      Self.daily("\"model\": \"gbm\", \"annualVolatility\": 0.6"), leverage: 2, paths: 64, in: folder)
    #expect(Self.sum(trace, .jump) == 0)
    // What is held from the first close on is the first fill; its gaps, summed here from the market's own bars.
    let held = try #require(trace.trades.first).quantity
    let bars = try Self.bars(folder, path: trace.path)
    let last = trace.trades.last.map { Int(($0.seconds / 23_400).rounded()) } ?? bars.count
    let gaps = (1..<last).reduce(0) { $0 + held * (bars[$1].open - bars[$1 - 1].close) } / Self.startEquity
    #expect(abs(Self.sum(trace, .gap) - gaps) < 1e-9)
  }

  /// 0.1 % of a day's traded value: 5,000,000 units at 100.
  private static let startEquity = 500_000.0

  @Test("an event after which nothing happens to be told stands in its place, and survivors are told what is left")
  func survivor() throws {
    let folder = try TemporaryFolder()
    let trace = try Self.run(
      Self.daily("\"model\": \"gbm\", \"annualVolatility\": 0.1", events: Self.crash(start: "20d", drop: 0.01)),
      leverage: 1, paths: 16, in: folder)
    let left =
      try folder.outcomes("run", ["path", "100 * finalEquity / startEquity"]).map {
        $0.split(separator: "|").compactMap { Double($0) }
      }.first { $0[0] == Double(trace.path) }?[1] ?? .nan
    #expect(trace.text.contains("20\u{A0}d in, “crash” starts."))
    #expect(trace.text.contains("It survives; \(String(format: "%.1f", left))\u{A0}% of its starting equity is left"))
    #expect(abs((trace.equity.last ?? 0) * 100 - left) < 1e-9)
  }

  /// Planted mistake, seen to fail: stretches that hold the step of the next fill too.
  @Test("the largest steps and stretches between fills are those of the equity in the trace, and their parts add up")
  func moves() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    for desk in summary.desks {
      let trace = try #require(desk.worstPath)
      let steps = try #require(trace.largestSteps), holdings = try #require(trace.holdings)
      func equity(at seconds: Double) throws -> Double {
        trace.equity[try #require(trace.seconds.firstIndex { abs($0 - seconds) < 1e-6 }, "\(seconds)")]
      }
      for move in steps + holdings {
        #expect(abs(try equity(at: move.to) - equity(at: move.from) - move.change) < 1e-9)
        #expect(abs(move.parts.reduce(0) { $0 + $1.change } - move.change) < 1e-9)
      }
      let changes = zip(trace.equity.dropFirst(), trace.equity).map { abs($0 - $1) }.sorted(by: >)
      for (size, change) in zip(steps.map { abs($0.change) }.sorted(by: >), changes) {
        #expect(abs(size - change) < 1e-9)
      }
      #expect(steps.count == min(5, changes.count { $0 > 0 }))
      // A stretch begins with the step of a fill and ends before the next one, or at the horizon.
      let closes = Array(Set(trace.trades.map(\.seconds))).sorted()
      let step = trace.seconds[1]
      for move in holdings {
        let first = try #require(closes.firstIndex { abs($0 - step - move.from) < 1e-6 })
        let end = first + 1 < closes.count ? closes[first + 1] - step : trace.seconds.last ?? 0
        #expect(abs(move.to - end) < 1e-6)
      }
    }
  }
}
