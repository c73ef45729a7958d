import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Events that count in money, on prices that may be negative; and those that count in fractions, which are refused there.
@Suite("Events on prices that may be negative")
struct ArithmeticEventTests {
  private static let paths = 16
  private static let warmup = 5
  private static let startStep = 20

  private func bars(
    _ events: [(String, any MarketEvent)], severity: Double = 1, latency: Double = 20, volatility: Double = 8
  ) throws -> [[[PathBar]]] {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: Self.warmup)
    let processes = [volatility, 0.5 * volatility].map { Bachelier(annualVolatility: .fixed($0)) }
    let scenario = SmallMarket.scenario(
      clock, processes, correlations: [AssetPair("A", "B"): 0.4], latency: latency,
      events: events.map { NamedEvent($0, $1) })
    return try Market(scenario: scenario, severity: severity, seed: 12).bars(paths: Self.paths, groups: 2)
  }

  @Test("at severity 0 it is the market without it, bit for bit, and before its start", arguments: EventKind.arithmetic)
  func identity(_ kind: EventKind) throws {
    let (calm, hit) = (try bars([]), try bars([("x", kind.event(1))]))
    let (zero, nothing) = (try bars([("x", kind.event(1))], severity: 0), try bars([("x", kind.event(0))]))
    for path in 0..<Self.paths {
      #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) })
      #expect(calm[path].map { $0.map(\.numbers) } == nothing[path].map { $0.map(\.numbers) })
      let start = Self.warmup + Self.startStep
      #expect(Array(calm[path].prefix(start)) == Array(hit[path].prefix(start)))
      #expect(calm[path][start + 2][0].numbers != hit[path][start + 2][0].numbers)
      // The one whose lag is a step and a half stands still for another step.
      if kind.name == "arithmeticCrash" { #expect(calm[path][start][1].numbers == hit[path][start][1].numbers) }
    }
  }

  /// Prices of some hundreds: sums of a few of them are right to 10⁻¹².
  @Test("severity acts linearly, and two severities together are their sum", arguments: EventKind.arithmetic)
  func severities(_ kind: EventKind) throws {
    let calm = try bars([])
    let one = try bars([("x", kind.event(1))])
    let both = try bars([("x", kind.event(0.7)), ("y", kind.event(0.6))])
    let whole = try bars([("x", kind.event(1))], severity: 1.3)
    var lowest = Double.infinity
    for path in 0..<Self.paths {
      for step in calm[path].indices {
        for asset in 0..<2 {
          let close = { (bars: [[[PathBar]]]) in bars[path][step][asset].numbers[3] }
          let offset = close(one) - close(calm)
          #expect(abs(close(whole) - close(calm) - 1.3 * offset) < 1e-11)
          #expect(abs(close(whole) - close(both)) < 1e-11)
          lowest = min(lowest, close(whole))
          for place in 9...11 {
            let (x, y) = (both[path][step][asset].numbers[place], whole[path][step][asset].numbers[place])
            #expect(abs(x - y) <= 16 * x.ulp)
          }
        }
      }
    }
    if kind.name == "arithmeticCrash" { #expect(lowest < -200) }
  }

  @Test("the order of two in the file moves no bit")
  func order() throws {
    let (first, second) = (("a", EventKind.arithmetic[0].event(1)), ("b", EventKind.arithmetic[1].event(1)))
    #expect(try bars([first, second]) == bars([second, first]))
  }

  /// S₀θc(1 − R(1 − 2^{−t/h})) after the trough, on a price that hardly moves of its own; B has 0.6 of it, 90 s later.
  @Test("what comes back follows the closed form, and contagion its beta and lag")
  func course() throws {
    let crash = SmallMarket.arithmeticCrash(
      start: 600, change: -3.1, duration: 300, shape: 2, fraction: 0.9, halfLife: 600,
      contagion: ["B": .init(beta: .fixed(0.6), lag: .fixed(60))], multipliers: nil)
    let all = try bars([("crash", crash.event)], severity: 0.8, latency: 0, volatility: 1e-9)
    func expected(_ seconds: Double) -> Double {
      let t = seconds - 600
      if t <= 0 { return 0 }
      let gone = 1 - exp2(-(t - 300) / 600)
      return -0.8 * 310 * (t < 300 ? (t / 300) * (t / 300) : 1 - 0.9 * gone)
    }
    for step in 0..<90 {
      let close = Double(step + 1) * 60
      let found = all[0][Self.warmup + step].map { $0.numbers[3] }
      #expect(abs(found[0] - 100 - expected(close)) < 1e-5, "\(step): \(found[0])")
      #expect(abs(found[1] - 100 - 0.6 * expected(close - 60)) < 1e-5, "\(step): \(found[1])")
    }
  }

  /// The price rises to 300, and falls from there on a line by 620 in 40 minutes.
  @Test("a drawdown trigger waits for a fall in starting prices", arguments: [0.3, 0.99])
  func drawdown(depth: Double) throws {
    let fall = SmallMarket.arithmeticCrash(
      start: 600, change: -6.2, duration: 2400, shape: 1, fraction: 0, multipliers: nil)
    let rise = SmallMarket.arithmeticCrash(
      start: 0, change: 2, duration: 600, shape: 1, fraction: 0, multipliers: nil)
    let dry = Drought(
      start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(depth))), window: EventWindow(plateau: .fixed(600)),
      halfSpread: .fixed(3))
    let clock = try SmallMarket.clock(steps: 90)
    let scenario = SmallMarket.scenario(
      clock, [Bachelier(annualVolatility: .fixed(1e-9))],
      events: [fall, NamedEvent("dry", dry), NamedEvent("rise", rise.event)])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    for _ in 0..<90 { tile.advance() }
    // At the close of the step in which 6.2·t/40 min has come to the depth.
    let minutes = 10 + (depth / 6.2 * 40).rounded(.up)
    #expect(tile.eventStart(1)[0][0] == minutes, "\(tile.eventStart(1)[0][0])")
  }

  /// The price goes down on a line from 100 to −200, which makes 15.1 of a volatility of 15. Over ten hours of minutes an
  /// average knows it to 2.4 %: 20 is thirteen of these away, and 28 as many.
  @Test("a volatility trigger sees moves in starting prices, also under 0", arguments: [(15.0, 0), (28.0, 64)])
  func volatilityTrigger(volatility: Double, starts: Int) throws {
    let loud = Drought(
      start: .triggered(VolatilityTrigger(asset: "A", annualVolatility: .fixed(20), halfLife: .fixed(36_000))),
      window: EventWindow(plateau: .fixed(600)), halfSpread: .fixed(3))
    let fall = SmallMarket.arithmeticCrash(
      start: 0, change: -3, duration: 72_000, shape: 1, fraction: 0, multipliers: nil)
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 1200), [Bachelier(annualVolatility: .fixed(volatility))],
      events: [NamedEvent("fall", fall.event), NamedEvent("loud", loud)])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: 8)
    tile.reset(firstPath: 0)
    for _ in 0..<1200 { tile.advance() }
    let found = tile.eventStart(1).reduce(0) { sum, group in sum + (0..<8).count { group[$0] == 600 } }
    #expect(found == starts)
  }

  private func problems(_ events: String) throws -> [String] {
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "clock": { "step": "30m", "length": "2d", "calendar":
          { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
        "assets": {
          "A": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.5 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } },
          "OIL": { "price": 18, "process": { "model": "bachelier", "annualVolatility": 1.6 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },
        "venue": {}, "events": {
          \(events) } }
      """
    let document = try DocumentLoader(notations: Distributions.notations.map(Set.init))
      .load(Array(text.utf8), file: "s.json")
    do {
      _ = try Scenario.read(document)
      return []
    } catch {
      return error.all.map { "\($0.position.line): \($0.path): \($0.message.prefix(44))" }
    }
  }

  private static let crash = #""fall": { "duration": "1h" }, "recovery": { "fraction": 0, "halfLife": "1h" }"#

  @Test(
    "those that count in fractions are refused on them, those in money on the others, at their place",
    arguments: [
      (#""e": { "model": "gap", "asset": "OIL", "start": "1h", "change": -0.5 }"#, ["/events/e/asset"]),
      (
        #""e": { "model": "trend", "asset": "OIL", "start": "1h", "change": -0.5, "duration": "1d" }"#,
        ["/events/e/asset"]
      ),
      (#""e": { "model": "flashCrash", "asset": "OIL", "start": "1h", "drop": 0.5, \#(crash) }"#, ["/events/e/asset"]),
      (
        #""e": { "model": "gap", "asset": "A", "start": "1h", "change": -0.5, "contagion": { "OIL": { "beta": 1 } } }"#,
        ["/events/e/contagion/OIL"]
      ),
      (#""e": { "model": "gap", "asset": "market", "start": "1h", "change": -0.5 }"#, ["/events/e"]),
      (
        #""e": { "model": "cascade", "asset": "OIL", "openInterest": 1000, "liquidatedPerPercent": 0.05 }"#,
        ["/events/e/asset"]
      ),
      (
        #""e": { "model": "circuitBreaker", "asset": "OIL", "levels": [ { "fall": 0.07, "pause": "15m" } ] }"#,
        ["/events/e/asset"]
      ),
      (#""e": { "model": "limitUpLimitDown", "band": 0.05 }"#, ["/events/e"]),
      (
        #""e": { "model": "oneOf", "alternatives": { "x": { "model": "nothing" }, "#
          + #""y": { "model": "gap", "asset": "OIL", "start": "1h", "change": 1 } } }"#,
        ["/events/e/alternatives/y/asset"]
      ),
      (
        #""e": { "model": "arithmeticCrash", "asset": "A", "start": "1h", "change": -3, \#(crash) }"#,
        ["/events/e/asset"]
      ),
      (
        #""e": { "model": "arithmeticCrash", "asset": "A", "start": "1h", "change": -3, \#(crash) }, "#
          + #""f": { "model": "gap", "asset": "OIL", "start": "1h", "change": 1 }"#,
        ["/events/e/asset", "/events/f/asset"]
      ),
      (
        #""e": { "model": "arithmeticCrash", "asset": "OIL", "start": "1h", "change": 0, \#(crash) }"#,
        ["/events/e/change"]
      ),
      (
        #""e": { "model": "arithmeticCrash", "asset": "OIL", "start": "1h", "change": -101, \#(crash) }"#,
        ["/events/e/change"]
      ),
    ])
  func refused(_ events: String, _ places: [String]) throws {
    let found = try problems(events)
    #expect(found.count == places.count && zip(found, places).allSatisfy { $0.contains(": \($1): ") }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("10: ") })
  }

  @Test(
    "what counts no price goes with any, and a breaker halts what it does not watch",
    arguments: [
      #""e": { "model": "arithmeticCrash", "asset": "OIL", "start": "1h", "change": { "between": [-4, -2] }, \#(crash) }"#,
      #""e": { "model": "drought", "start": "1h", "window": { "plateau": "1h" }, "depth": 0.1 }"#,
      #""e": { "model": "volatility", "start": "1h", "window": { "plateau": "1h" }, "volatility": 3 }"#,
      #""e": { "model": "correlation", "start": "1h", "window": { "plateau": "1h" }, "to": "one" }"#,
      #""e": { "model": "outage", "start": "1h", "duration": "10m" }"#,
      #""e": { "model": "circuitBreaker", "asset": "A", "levels": [ { "fall": 0.07, "pause": "15m" } ] }"#,
      #""e": { "model": "drought", "start": { "model": "drawdown", "asset": "OIL", "depth": 0.3 }, "#
        + #""window": { "plateau": "1h" }, "depth": 0.1 }"#,
    ])
  func accepted(_ events: String) throws { #expect(try problems(events) == []) }
}
