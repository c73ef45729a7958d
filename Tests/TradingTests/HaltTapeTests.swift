import Agents
import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// Hand-written tapes through the rules of halts: the state machines of New York's and Chicago's rules.
@Suite("Halts on hand-written tapes")
struct HaltTapeTests {
  private let band = LimitUpLimitDown(band: 0.05, window: 300, limitState: 15, pause: 300)

  @Test("a touch of the limit that returns in 14 seconds pauses nothing; a fifteenth does")
  func limitState() throws {
    // Steps of a second; the price stands at 94 for so many closes.
    for (closes, pauses) in [(15, false), (16, true)] {
      let (tile, _) = try HaltTape.tile(
        band, step: 1, from: "10:00",
        [(100, 94)] + Array(repeating: (94, 94), count: closes - 1) + Array(repeating: (97, 97), count: 400))
      let seen = HaltTape.steps(tile, closes + 310)
      #expect(seen[0..<closes].allSatisfy { $0.close == 95 })
      let after = seen[closes...].prefix { $0.close == 95 }.count
      // A pause of 300 seconds from the close that called it.
      #expect(after == (pauses ? 300 : 0))
      #expect(seen[closes + after].close == 97)
    }
  }

  @Test("the band doubles where the plan says so")
  func doubled() throws {
    let plan = LimitUpLimitDown(band: 0.05, doubledFrom: TimeOfDay("15:35"))
    for (time, low) in [("15:34", 95.0), ("15:35", 90)] {
      let (tile, _) = try HaltTape.tile(plan, step: 1, from: time, [(100, 89)])
      #expect(HaltTape.steps(tile, 1)[0].close == low)
    }
  }

  @Test("the reference follows the mean of five minutes once that has moved by 1 %")
  func bandReference() throws {
    // 100 for long, then 97 for good: after 100 of 300 seconds the mean is 99, and the band begins at 94.05.
    let tape = [(open: 97.0, close: 97.0)] + Array(repeating: (open: 97.0, close: 97.0), count: 99) + [(94.5, 94.5)]
    let (tile, _) = try HaltTape.tile(band, step: 1, from: "10:00", tape)
    #expect(HaltTape.steps(tile, 101).last?.close == 94.5)
    let (early, _) = try HaltTape.tile(band, step: 1, from: "10:00", Array(tape[..<90]) + [(94.5, 94.5)])
    #expect(HaltTape.steps(early, 91).last?.close == 95)
  }

  @Test("a price limit holds the price for the session, and moves with the next close")
  func priceLimit() throws {
    let (tile, _) = try HaltTape.tile(
      PriceLimit(down: 0.1, up: 0.1), step: 1800, from: "15:00", [(100, 85), (85, 85), (85, 85), (85, 80)])
    let seen = HaltTape.steps(tile, 4)
    #expect(seen.map(\.close) == [90, 90, 85, 81])
    let (up, _) = try HaltTape.tile(
      PriceLimit(down: 0.1, up: 0.1), step: 1800, from: "15:00", [(100, 120), (120, 105)])
    #expect(HaltTape.steps(up, 2).map(\.close) == [110, 105])
  }

  @Test("a move that is too fast stops trading for its seconds, up as well as down", arguments: [95.0, 105])
  func reserve(price: Double) throws {
    let rule = ReservePause(move: 0.02, within: 10, pause: 5)
    let (tile, _) = try HaltTape.tile(
      rule, step: 1, from: "10:00", [(100, price)] + Array(repeating: (price, price), count: 20))
    let seen = HaltTape.steps(tile, 8)
    #expect(seen[0...5].allSatisfy { $0.close == (price < 100 ? 98 : 102) })
    #expect(seen[6].close == price && seen[6].trades)
    // The same way in twice the time is no fault.
    let half = (100 + price) / 2
    let (slow, _) = try HaltTape.tile(
      ReservePause(move: 0.03, within: 5, pause: 5), step: 1, from: "10:00",
      [(100, half)] + Array(repeating: (half, half), count: 10) + [(half, price)])
    #expect(HaltTape.steps(slow, 12).last?.close == price)
  }

  @Test("severity lengthens pauses, and at 0 no rule acts", arguments: [0.0, 0.5, 2])
  func severity(theta: Double) throws {
    let (tile, _) = try HaltTape.tile(
      HaltTape.breaker(), step: 60, from: "10:00", [(100, 90)] + Array(repeating: (90, 90), count: 60),
      severity: theta)
    let seen = HaltTape.steps(tile, 60)
    #expect(seen.filter { !$0.trades }.count == Int((15 * theta).rounded(.up)))
    #expect(seen.contains { $0.close == 93 } == (theta > 0))
  }

  /// What is held through a halt is sold beyond it: the stop stands at 96, the halt at 93, and the market reopens at 80.
  @Test("a stop that a halt has held back fills where trading goes on", arguments: [0.0, 20])
  func stopThroughHalt(latency: Double) throws {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 60, length: 23_400, warmup: 0, start: CalendarDay(daysSince1970: 19_725))
    let closes = Array(repeating: 100.0, count: 30) + [92, 90, 85] + Array(repeating: 80.0, count: 30)
    func final(_ loss: Double, _ rule: [NamedEvent]) throws -> Double {
      let scenario = Scenario(
        title: "tape", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
        movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()),
        venue: freeVenue(latency: latency), events: rule)
      let holder = BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0)
      let rows = outcomes(
        try Market(scenario: scenario, seed: 1), holder, rules: [StopLoss(loss: loss)], paths: 1, groups: 1)
      return try #require(rows.first)[.finalEquity]
    }
    let rule = [NamedEvent("halt", HaltTape.breaker())]
    // Over the halt's level a stop fills at itself; under it at the first price after the halt.
    #expect(abs(try final(0.04, rule) - 960) < 1e-6)
    #expect(abs(try final(0.1, []) - 900) < 1e-6)
    #expect(abs(try final(0.1, rule) - 800) < 1e-6)
  }

  /// A gap of −25 % under a band of 10 %: the price is shown at the limit, and nobody buys there.
  ///
  /// Seen to fail with four sub-steps: stops and margin calls filled at the limit, at −10 %.
  @Test(
    "beyond a limit nothing is sold, by a stop or by force: what was passed is sold where trading goes on",
    arguments: [(1.0, 750.0), (5, -250), (-1, 1250)], [1, 4])
  func limitIsNoProtection(position: (leverage: Double, final: Double), substeps: Int) throws {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 60, length: 23_400, warmup: 0, start: CalendarDay(daysSince1970: 19_725),
      substeps: substeps)
    for latency in [0.0, 20] {
      let scenario = Scenario(
        title: "tape", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
        movement: .processes([Tape(closes: [], from: 100)], GaussianDependence()),
        venue: freeVenue(initialMargin: 0.1, maintenanceMargin: 0.05, latency: latency),
        events: [
          NamedEvent("gap", Gap(asset: "A", start: .fixed(3600), change: .fixed(-0.25))), NamedEvent("band", band10),
        ])
      let holder = BuyAndHold(leverage: position.leverage, weights: .equal, rebalance: false, band: 0)
      for rules in [[StopLoss(loss: 0.02)], []] as [[any RiskRule]] {
        let rows = outcomes(
          try Market(scenario: scenario, seed: 1), holder, rules: rules, paths: 1, groups: 1)
        let row = try #require(rows.first)
        #expect(abs(row[.finalEquity] - position.final) < 1e-6, "latency \(latency), \(rules.count) rules")
        // At the close that calls the pause, or the first after it: five minutes on.
        if position.leverage == 5 { #expect(row[.ruinStep] >= 65 && row[.ruinStep] <= 67) }
      }
    }
  }

  private let band10 = LimitUpLimitDown(band: 0.1)

  /// The latent market is what it was: after a halt prices are bit for bit those without it.
  @Test("halts change nothing but what is seen while they last, on any path")
  func latent() throws {
    /// Open, high, low and close of each step, and whether it was halted there.
    func bars(_ events: [NamedEvent], groups: Int) throws -> [[(prices: [Double], halted: Bool)]] {
      let scenario = Scenario(
        title: "wild", clock: try continuousClock(step: 60, steps: 500),
        assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
        movement: .processes(
          [GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(3))], GaussianDependence()),
        venue: freeVenue(latency: 20), events: events)
      let tile = try Market(scenario: scenario, seed: 9).makeTile(groups: groups)
      tile.reset(firstPath: 0)
      var bars = Array(repeating: [(prices: [Double], halted: Bool)](), count: groups * 8)
      for _ in 0..<500 {
        tile.advance()
        for path in bars.indices {
          let bar = tile.bars[path / 8]
          bars[path].append(
            (
              [bar.open[path % 8], bar.high[path % 8], bar.low[path % 8], bar.close[path % 8]], bar.halted[path % 8]
            ))
          #expect(bar.low[path % 8] <= min(bar.open[path % 8], bar.close[path % 8]))
          #expect(bar.high[path % 8] >= max(bar.open[path % 8], bar.close[path % 8]))
        }
      }
      return bars
    }
    let calm = try bars([], groups: 2)
    let rule = [NamedEvent("pause", ReservePause(move: 0.01, within: 300, pause: 300))]
    let seen = try bars(rule, groups: 2)
    #expect(try bars(rule, groups: 1).map { $0.map(\.prices) } == seen[..<8].map { $0.map(\.prices) })
    let halted = seen.joined().filter(\.halted).count
    #expect(halted > 500 && halted < 16 * 500 - 500)
    // Where trading goes on, bars are those of the market without halts to the last bit.
    for (calm, seen) in zip(calm.joined(), seen.joined()) where !seen.halted { #expect(calm.prices == seen.prices) }
  }
}
