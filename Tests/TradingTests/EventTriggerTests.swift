import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Triggers of events")
struct EventTriggerTests {
  private func tile(
    _ closes: [Double], start: EventStart, others: [NamedEvent] = [], groups: Int = 1
  ) throws -> MarketTile {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 10))],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue(),
      events: others + [
        NamedEvent(
          "dry", Drought(start: start, window: EventWindow(plateau: .fixed(120)), halfSpread: .fixed(3)))
      ])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: groups)
    tile.reset(firstPath: 0)
    return tile
  }

  /// The half-spread of each step over the file's.
  private func spreads(_ closes: [Double], start: EventStart, others: [NamedEvent] = []) throws -> [Double] {
    let tile = try tile(closes, start: start, others: others)
    return closes.map { _ in
      tile.advance()
      return (tile.bars[0].halfSpread[0] / 10e-4 * 1e6).rounded() / 1e6
    }
  }

  @Test("a drawdown starts an event at the close of the sub-step that has it, or so much later")
  func drawdown() throws {
    let closes = [100.0, 102, 99, 96, 97, 90, 90, 90, 90]
    let trigger = { (delay: Double) in
      EventStart.triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.05), delay: .fixed(delay)))
    }
    // From 102 a fall of 5 % is 96.9: step 3 has it, and steps 4 and 5 are dry.
    #expect(try spreads(closes, start: trigger(0)) == [1, 1, 1, 1, 3, 3, 1, 1, 1])
    #expect(try spreads(closes, start: trigger(60)) == [1, 1, 1, 1, 1, 3, 3, 1, 1])
    #expect(
      try spreads(
        closes, start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.2)))
      ).allSatisfy { $0 == 1 })
  }

  @Test("a volatility starts an event when moves are that large, not before a half-life has passed")
  func volatility() throws {
    // Moves of 0.1 %, then of 1 % a minute; a minute is 1/525600 of a year.
    let moves = (0..<20).map { $0 < 10 ? 0.001 : 0.01 }
    var price = 100.0
    let closes = moves.enumerated().map { index, move in
      price *= exp(Lanes(index.isMultiple(of: 2) ? move : -move))[0]
      return price
    }
    let threshold = 0.005 * 525_600.0.squareRoot()
    let spreads = try spreads(
      closes,
      start: .triggered(
        VolatilityTrigger(asset: "A", annualVolatility: .fixed(threshold), halfLife: .fixed(120))))
    // With a half-life of two steps the average of squares is over 0.005² after the first large move: 0.29·10⁻⁴.
    #expect(spreads.firstIndex(of: 3) == 11)
    #expect(spreads.filter { $0 == 3 }.count == 2)
  }

  /// With κ = 2^−½ the average over a minute of step 11, after moves of 1 % in it and in step 10, is
  /// (κ + 1)·10⁻⁴·(1 − κ)/(1 − κ¹²) = 0.00713². Step 10 sets off another event, which is told to all: with a second look at
  /// step 10, one of no move, it would be (κ² + 1)·10⁻⁴·(1 − κ)/(1 − κ¹³) = 0.00667², and step 12 the first over 0.0069².
  ///
  /// Planted mistake: prices shown again with the news.
  @Test("an average counts each move once, also where another event starts in its step")
  func countedOnce() throws {
    let moves = (0..<20).map { $0 < 10 ? 0.0 : $0 == 10 ? -0.01 : 0.01 }
    var price = 100.0
    let closes = moves.map { move in
      price *= exp(Lanes(move))[0]
      return price
    }
    let alarm = NamedEvent(
      "alarm",
      Drought(
        start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.005))), window: EventWindow(plateau: .fixed(60)),
        volume: .fixed(2)))
    let trigger = VolatilityTrigger(
      asset: "A", annualVolatility: .fixed(0.0069 * 525_600.0.squareRoot()), halfLife: .fixed(120))
    let tile = try tile(closes, start: .triggered(trigger), others: [alarm])
    for _ in closes { tile.advance() }
    #expect(tile.eventStart(0)[0][0] == 11 && tile.eventStart(1)[0][0] == 12)
  }

  @Test("an event starts after another has, was at its worst, or ended", arguments: AfterTrigger.Moment.allCases)
  func after(moment: AfterTrigger.Moment) throws {
    let first = NamedEvent(
      "wild",
      VolatilityEvent(
        start: .fixed(120), window: EventWindow(rise: .fixed(60), plateau: .fixed(60), fall: .fixed(60)),
        volatility: .fixed(2)))
    let spreads = try spreads(
      [Double](repeating: 100, count: 12),
      start: .triggered(AfterTrigger(event: "wild", moment: moment, delay: .fixed(60))), others: [first])
    let expected = [AfterTrigger.Moment.start: 3, .worst: 4, .end: 6][moment]
    #expect(spreads.firstIndex(of: 3) == expected)
  }

  @Test("an event after one that a drawdown starts comes after it")
  func chain() throws {
    let first = NamedEvent(
      "fall",
      VolatilityEvent(
        start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.05))),
        window: EventWindow(plateau: .fixed(60)), volatility: .fixed(2)))
    let spreads = try spreads(
      [100, 90, 90, 90, 90, 90, 90], start: .triggered(AfterTrigger(event: "fall", moment: .end)), others: [first])
    #expect(spreads == [1, 1, 1, 3, 3, 1, 1])
  }

  @Test("a time of day is that of the calendar, on the day that is named")
  func timeOfDay() throws {
    let open = try #require(TimeOfDay("09:30"))
    let calendar = try TradingCalendar.sessions(
      open: open, close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 1800, length: 3 * 23_400, warmup: 0, start: CalendarDay(daysSince1970: 19_725),
      substeps: 1)
    let time = try #require(TimeOfDay("10:30"))
    let scenario = Scenario(
      title: "tape", clock: clock,
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 10))],
      movement: .processes([Tape(closes: [], from: 100)], GaussianDependence()), venue: freeVenue(),
      events: [
        NamedEvent(
          "dry",
          Drought(
            start: .triggered(TimeOfDayTrigger(day: .fixed(2), time: time)),
            window: EventWindow(plateau: .fixed(3600)), halfSpread: .fixed(3)))
      ])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    var dry: [Int] = []
    for step in 0..<39 {
      tile.advance()
      if tile.bars[0].halfSpread[0] > 15e-4 { dry.append(step) }
    }
    #expect(dry == [15, 16])
    #expect(tile.eventStart(0)[0][0] == 15)
  }

  /// Planted mistake: a trigger looks at the lanes beside it.
  @Test("each path has its own start: lanes of other paths do not matter")
  func lanes() throws {
    let scenario = { (groups: Int, first: UInt64) throws -> [[Double]] in
      let scenario = Scenario(
        title: "wild", clock: try continuousClock(step: 60, steps: 200),
        assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 10))],
        movement: .processes(
          [GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(2))], GaussianDependence()),
        venue: freeVenue(),
        events: [
          NamedEvent(
            "dry",
            FlashCrash(
              asset: "A", start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.02))), drop: .fixed(0.1),
              fall: .init(duration: .fixed(300)), recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(600))))
        ])
      let tile = try Market(scenario: scenario, seed: 9).makeTile(groups: groups)
      tile.reset(firstPath: first)
      var closes = Array(repeating: [Double](), count: groups * 8)
      for _ in 0..<200 {
        tile.advance()
        for path in closes.indices { closes[path].append(tile.bars[path / 8].close[path % 8]) }
      }
      return closes
    }
    let wide = try scenario(2, 0)
    #expect(try scenario(1, 0) == Array(wide[..<8]))
    #expect(try scenario(1, 5)[0] == wide[5])
    #expect(Set(wide.map { $0.min() ?? 0 }).count > 8)
  }
}
