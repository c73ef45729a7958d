import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// The stationary bootstrap of recorded rows.
struct StationaryBootstrapTests {
  /// Daily bars of two assets whose returns are a known, autocorrelated sequence.
  private static func record(rows: Int = 60) throws -> RecordedHistory {
    var lines = ["time,asset,open,high,low,close,volume"]
    for asset in ["X", "Y"] {
      var close = 100.0
      for row in 0...rows {
        let wave = sin(Double(row) * 0.7 + (asset == "X" ? 0 : 1)) * 0.02 + sin(Double(row * row)) * 0.01
        let open = close * exp(0.3 * wave)
        close = open * exp(0.7 * wave)
        let high = max(open, close) * 1.004
        let low = min(open, close) / 1.003
        let day = CalendarDay(daysSince1970: 15_000 + row)
        lines.append("\(day)T00:00:00Z,\(asset),\(open),\(high),\(low),\(close),\(1000 + row)")
      }
    }
    let table = try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
    return try RecordedHistory(RecordedBars(table, columns: BarColumns(asset: "asset")), assets: ["X", "Y"])
  }

  private static func scenario(
    _ record: RecordedHistory, steps: Int = 60, warmup: Int = 0, meanBlock: Double = 5, events: [NamedEvent] = []
  ) throws -> Scenario {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: steps, warmup: warmup)
    let liquidity = Liquidity(halfSpreadBps: 2, volumePerDay: nil, depthTo1Percent: 100, refillHalfLifeSeconds: 20)
    return Scenario(
      title: "history", clock: clock,
      assets: ["A", "B"].map { AssetTerms(name: $0, price: 50, liquidity: liquidity) },
      movement: .history(
        StationaryBootstrap(source: BarSource(file: "bars.csv"), meanBlockSeconds: meanBlock * 23_400), record),
      events: events)
  }

  @Test("the mean of a bootstrapped series has the exact variance of Politis and Romano")
  func bootstrapVariance() throws {
    let record = try Self.record()
    let n = record.count
    let r = zip(record.columns[0].gap, record.columns[0].intraday).map { $0 + $1 }
    let mean = r.reduce(0, +) / Double(n)
    // The circular autocovariances ĉ_k, and n·Var*(mean) = ĉ₀ + 2Σ[(1 − k/n)(1 − p)^k + (k/n)(1 − p)^{n−k}]ĉ_k with
    // the plain ones (Politis & Romano 1994, Lemma 1).
    let p = 1.0 / 5
    let plain = (0..<n).map { k in
      (0..<(n - k)).reduce(0.0) { $0 + (r[$1] - mean) * (r[$1 + k] - mean) } / Double(n)
    }
    var expected = plain[0]
    for k in 1..<n {
      let x = Double(k) / Double(n)
      expected += 2 * ((1 - x) * pow(1 - p, Double(k)) + x * pow(1 - p, Double(n - k))) * plain[k]
    }
    let market = try Market(scenario: Self.scenario(record, steps: n), seed: 21)
    var means = SampleMoments()
    var fourth = 0.0
    market.walk(paths: 40_000, groups: 32) { tile in
      guard tile.step == n - 1 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          let x = log(tile.bars[group].close[lane] / 50) / Double(n)
          means.add(x)
          fourth += pow(x - mean, 4)
        }
      }
    }
    // The mean itself: the bootstrap's is the sample's.
    #expect(abs(means.mean - mean) < 4 * means.standardError)
    let variance = means.variance
    let error = ((fourth / means.count - variance * variance) / means.count).squareRoot()
    #expect(
      abs(variance - expected / Double(n)) < 4 * error,
      "n·Var* = \(variance * Double(n)) ± \(error * Double(n)), exactly \(expected)")
  }

  @Test("all assets take the same row, blocks go on to the next, and bars are the recorded ones")
  func rowsAreJointAndConsecutive() throws {
    let record = try Self.record()
    let market = try Market(scenario: Self.scenario(record, meanBlock: 5), seed: 4)
    let bars = market.bars(paths: 64, groups: 8)
    var starts = 0.0
    var count = 0.0
    for path in bars {
      var previous: Int?
      for (step, bar) in path.enumerated() {
        let volume = Int(bar[0].volume)
        #expect(bar[1].volume == bar[0].volume)
        let row = volume - 1001
        let move = log(bar[0].close / bar[0].open)
        #expect(abs(move - record.columns[0].intraday[row]) < 1e-12)
        #expect(abs(log(bar[0].high / max(bar[0].open, bar[0].close)) - log(1.004)) < 1e-6)
        let last = step == 0 ? 50 : path[step - 1][1].close
        #expect(abs(log(bar[1].open / last) - record.columns[1].gap[row]) < 1e-12)
        if let previous {
          count += 1
          if row != (previous + 1) % record.count { starts += 1 }
        }
        previous = row
      }
    }
    // A start may draw the very row that comes next: once in 60.
    let expected = 0.2 * (1 - 1 / Double(record.count))
    #expect(abs(starts / count - expected) < 4 * (expected * (1 - expected) / count).squareRoot())
  }

  @Test("a longer warm-up moves no bit, before t = 0 or after")
  func warmupMovesNothing() throws {
    let record = try Self.record()
    let short = try Market(scenario: Self.scenario(record, warmup: 7), seed: 4).bars(paths: 16, groups: 2)
    let long = try Market(scenario: Self.scenario(record, warmup: 40), seed: 4).bars(paths: 16, groups: 2)
    for path in 0..<16 { #expect(short[path] == Array(long[path].dropFirst(33))) }
  }

  @Test("events shift open and close of recorded bars, and scale them")
  func eventsActOnRecordedBars() throws {
    let record = try Self.record()
    let day = 23_400.0
    let crash = SmallMarket.crash(
      start: 10 * day, drop: 0.2, duration: 4 * day, shape: 1, fraction: 0.5, halfLife: 5 * day,
      multipliers: .init(volume: .fixed(3), halfLife: .fixed(2 * day)))
    let calm = try Market(scenario: Self.scenario(record), seed: 4).bars(paths: 8, groups: 1)
    let hit = try Market(scenario: Self.scenario(record, events: [crash]), seed: 4).bars(paths: 8, groups: 1)
    for path in 0..<8 {
      #expect(Array(calm[path].prefix(10)) == Array(hit[path].prefix(10)))
      // Half-way down after two days, at the trough after four.
      #expect(abs(hit[path][11][0].close / calm[path][11][0].close - pow(0.8, 0.5)) < 1e-12)
      #expect(abs(hit[path][13][0].close / calm[path][13][0].close - 0.8) < 1e-12)
      #expect(hit[path][13][0].volume > 2 * calm[path][13][0].volume)
      #expect(hit[path].map { $0[1].close } == calm[path].map { $0[1].close })
    }
  }

  @Test("an event that would vanish between two recorded closes is refused")
  func shortEventsAreRefused() throws {
    let event = try #require(SmallMarket.crash(duration: 300).event as? FlashCrash)
    let setting = EventSetting(
      clock: try SmallMarket.clock(sessions: true, step: 23_400, steps: 100), splitsSteps: false)
    let text = event.violations(in: setting).map(\.description)
    #expect(
      text == [
        "fall/duration: can be 5m, shorter than a step of 390m: between two recorded closes it would vanish",
        "recovery/halfLife: can be 10m, shorter than a step of 390m: between two recorded closes it would vanish",
      ])
  }
}
