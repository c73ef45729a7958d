import Documents
import MarketData
import Markets
import Randomness
import Testing

/// Recorded bars as they are.
@Suite("A replay of recorded bars")
struct HistoryReplayTests {
  /// 20 working days from Monday 2011-01-24; asset X closes at 101, 102, …, Y at 201, 202, …, each opening half a unit over
  /// the last close.
  private static let days: [CalendarDay] = (0..<20).map { CalendarDay(daysSince1970: 14_998).weekdays(later: $0) }

  private static func table() throws -> CSVTable {
    var lines = ["time,asset,open,high,low,close,volume"]
    for (asset, start) in [("X", 100.0), ("Y", 200.0)] {
      for (row, day) in days.enumerated() {
        let close = start + Double(row + 1)
        lines.append("\(day)T00:00:00Z,\(asset),\(close - 0.5),\(close + 2),\(close - 3),\(close),\(1000 + row)")
      }
    }
    return try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
  }

  private static func scenario(
    start: CalendarDay, steps: Int, warmup: Int = 0, prices: [Double], events: [NamedEvent] = []
  ) throws -> Scenario {
    let record = try RecordedHistory(RecordedBars(table(), columns: BarColumns(asset: "asset")), assets: ["X", "Y"])
    let clock = try Clock(
      calendar: SmallMarket.clock(sessions: true, step: 23_400, steps: 10, warmup: 0).calendar, step: 23_400,
      length: 23_400 * Double(steps), warmup: 23_400 * Double(warmup), start: start)
    let model = HistoryReplay(source: BarSource(file: "bars.csv"))
    let violations = model.violations(record, clock)
    if !violations.isEmpty { throw FormViolation(violations) }
    let liquidity = Liquidity(halfSpreadBps: 2, volumePerDay: nil, depthTo1Percent: 100, refillHalfLifeSeconds: 20)
    return Scenario(
      title: "replay", clock: clock,
      assets: zip(["X", "Y"], prices).map { AssetTerms(name: $0, price: $1, liquidity: liquidity) },
      movement: RowMovement(model, record, startRow: model.startRow(record.time, clock)), events: events)
  }

  /// Planted mistakes: the warm-up's length moves the first row; the row before the clock's start.
  @Test("step 0 is the first row of the clock's first day, and the warm-up has the rows before", arguments: [0, 1, 6])
  func rows(warmup: Int) throws {
    let scenario = try Self.scenario(start: Self.days[8], steps: 10, warmup: warmup, prices: [108, 208])
    let market = try Market(scenario: scenario, seed: 1)
    for path in market.bars(paths: 8, groups: 1) {
      for (index, bars) in path.enumerated() {
        let row = 8 + index - warmup
        for (asset, start) in [100.0, 200].enumerated() {
          let close = start + Double(row + 1)
          let bar = bars[asset]
          for (value, expected) in [
            (bar.open, close - 0.5), (bar.high, close + 2), (bar.low, close - 3), (bar.close, close),
            (bar.volume, Double(1000 + row)),
          ] {
            #expect(abs(value - expected) < 1e-9 * expected, "row \(row), asset \(asset): \(bar)")
          }
        }
      }
    }
    #expect(market.description.isSameOnEveryPath)
    #expect(!scenario.limits.contains { $0.contains("times") })
  }

  @Test("another price than the recorded one scales all that follow, and the report says so")
  func scaled() throws {
    let scenario = try Self.scenario(start: Self.days[8], steps: 10, prices: [54, 208])
    let market = try Market(scenario: scenario, seed: 1)
    #expect(abs(market.bars(paths: 8, groups: 1)[0][9][0].close - 59) < 1e-9)
    #expect(
      scenario.limits.contains(
        "The prices of X are the recorded ones times 0.5: it starts at 54, where the file has 108."))
  }

  static let refusals: [(start: Int, steps: Int, warmup: Int, says: String)] = [
    (8, 13, 0, "it has 12 rows of \"X\", \"Y\" from 2011-02-03 on, and the clock asks for 13"),
    (8, 5, 8, "it has 7 rows of \"X\", \"Y\" before 2011-02-03, and the warm-up has 8 steps"),
    (40, 5, 0, "the last row of \"X\", \"Y\" is of 2011-02-18, before the clock's start on 2011-03-21"),
    (-10, 5, 0, "the first row of \"X\", \"Y\" after the clock's start on 2011-01-10 is of 2011-01-25"),
  ]

  @Test("a clock that asks for rows which are not there is refused", arguments: refusals)
  func refuses(start: Int, steps: Int, warmup: Int, says: String) throws {
    let day = CalendarDay(daysSince1970: 14_998).weekdays(later: start)
    let error = #expect(throws: FormViolation.self) {
      try Self.scenario(start: day, steps: steps, warmup: warmup, prices: [108, 208])
    }
    #expect(error?.description.contains(says) == true, "\(String(describing: error))")
  }

  private static func crash(_ drop: Draw) -> NamedEvent {
    NamedEvent(
      "crash",
      FlashCrash(
        asset: "X", start: .fixed(3 * 23_400), drop: drop, fall: .init(duration: .fixed(46_800), shape: .fixed(1)),
        recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(46_800)), contagion: [:], multipliers: nil))
  }

  /// A crash with a fixed drop lies on the recorded bars: log offsets add to theirs. One whose drop is drawn makes paths
  /// differ, but not at severity 0.
  @Test("events lie on it, and make paths differ only where they draw")
  func events() throws {
    let fixed = try Self.scenario(
      start: Self.days[8], steps: 10, prices: [108, 208], events: [Self.crash(.fixed(0.2))])
    let market = try Market(scenario: fixed, seed: 1)
    #expect(market.description.isSameOnEveryPath)
    let path = market.bars(paths: 8, groups: 1)[0]
    #expect(abs(path[2][0].close - 111) < 1e-9)
    #expect(abs(path[4][0].close / 113 - 0.8) < 1e-9, "\(path[4][0].close)")
    let depth = try #require(Draw(Mixture([.init(.fixed(0.1)), .init(.fixed(0.3))])))
    let drawn = try Self.scenario(start: Self.days[8], steps: 10, prices: [108, 208], events: [Self.crash(depth)])
    #expect(!(try Market(scenario: drawn, seed: 1).description.isSameOnEveryPath))
    #expect(try Market(scenario: drawn, severity: 0, seed: 1).description.isSameOnEveryPath)
  }
}
