import Documents
import MarketData
import Markets
import Randomness
import Testing

/// Events in documents that cannot be, each refused with its place and a sentence that helps.
@Suite("Events that cannot be")
struct EventRefusalTests {
  private func problems(_ events: String, calendar: String = sessions) throws -> [String] {
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "clock": { "step": "30m", "length": "2d", "calendar": \(calendar) },
        "assets": {
          "A": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.5 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } },
          "B": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },
        "venue": { "latency": "1s" }, "events": { \(events) } }
      """
    let document = try DocumentLoader(notations: Distributions.notations.map(Set.init))
      .load(Array(text.utf8), file: "s.json")
    do {
      _ = try Scenario.read(document)
      return []
    } catch {
      return error.all.map { "\($0.path): \($0.message)" }
    }
  }

  private static let sessions =
    #"{ "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" }"#

  @Test(
    "are read, whatever starts them",
    arguments: [
      #""e": { "model": "gap", "asset": "A", "start": "1d", "change": -0.5, "contagion": { "B": { "beta": 0.5 } } }"#,
      #""e": { "model": "gap", "asset": "A", "start": "1h", "at": "open", "change": { "between": [-0.1, 0.1] } }"#,
      #""e": { "model": "drought", "start": { "exponential": { "mean": "1d" } }, "window": { "plateau": "1d" }, "depth": 0.1 }"#,
      #""e": { "model": "volatility", "assets": ["B"], "start": { "model": "timeOfDay", "day": 2, "time": "15:59" }, "#
        + #""window": { "rise": "1h", "halfLife": "1h" }, "volatility": 4 }"#,
      #""e": { "model": "drought", "start": { "model": "drawdown", "asset": "A", "depth": 0.1, "delay": "5m" }, "#
        + #""window": { "plateau": "1d" }, "volume": 0.1 }"#,
      #""e": { "model": "drought", "start": { "model": "volatility", "asset": "A", "annualVolatility": 0.9, "halfLife": "1h" }, "#
        + #""window": { "plateau": "1d" }, "volume": 0.1 }"#,
      #""e": { "model": "circuitBreaker", "asset": "A", "levels": [ { "fall": 0.07, "pause": "15m" }, { "fall": 0.2 } ], "#
        + #""notFrom": "15:25" }, "l": { "model": "limitUpLimitDown", "band": 0.05 }, "#
        + #""p": { "model": "priceLimit", "down": 0.1 }, "r": { "model": "reservePause", "move": 0.02, "within": "30m", "pause": "5s" }"#,
      #""e": { "model": "cascade", "asset": "A", "openInterest": 1000, "liquidatedPerPercent": 0.05 }"#,
      #""e": { "model": "circuitBreaker", "asset": "market", "levels": [ { "fall": 0.07, "pause": "15m" } ] }, "#
        + #""d": { "model": "drought", "start": { "model": "drawdown", "asset": "market", "depth": 0.1 }, "#
        + #""window": { "plateau": "1d" }, "volume": 0.1 }, "#
        + #""v": { "model": "drought", "start": { "model": "volatility", "asset": "market", "annualVolatility": 0.9, "halfLife": "1h" }, "#
        + #""window": { "plateau": "1d" }, "volume": 0.1 }"#,
    ])
  func good(events: String) throws { #expect(try problems(events) == []) }

  @Test(
    "are refused at their place",
    arguments: [
      (
        #""e": { "model": "cascade", "asset": "market", "openInterest": 1000, "liquidatedPerPercent": 0.05 }"#,
        ["/events/e/asset: \"market\" stands for all assets, and here a name of one asset is asked for"]
      ),
      (
        #""e": { "model": "limitUpLimitDown", "assets": ["market"], "band": 0.05 }"#,
        ["/events/e/assets/0: \"market\" stands for all assets, and here a name of one asset is asked for"]
      ),
      (
        #""e": { "model": "gap", "asset": "A", "start": "1h", "change": -1 }"#,
        ["/events/e/change: -1 is not above -1 and at most 1000 (fraction of price)"]
      ),
      (
        #""e": { "model": "gap", "asset": "A", "start": "1h", "change": 0 }"#,
        ["/events/e/change: a change of 0 could not be seen"]
      ),
      (
        #""e": { "model": "gap", "asset": "A", "start": "1h", "change": 0.1, "contagion": { "A": { "beta": 1 } } }"#,
        [#"/events/e/contagion/A: "A" is the asset that jumps first"#]
      ),
      (
        #""e": { "model": "gap", "asset": "A", "start": "7h", "at": "open", "change": 0.1 }"#,
        ["/events/e/start: no session opens from 7h to the end of the scenario"]
      ),
      (
        #""e": { "model": "drought", "start": "1h", "window": {}, "depth": 0.1 }"#,
        ["/events/e/window: a window that lasts no time could not be seen: it needs a plateau, rise, fall or half-life"]
      ),
      (
        #""e": { "model": "drought", "start": "1h", "window": { "fall": "1h", "halfLife": "1h" }, "depth": 0.1 }"#,
        [
          #"/events/e/window/halfLife: a window goes back on a line ("fall") or by halves ("halfLife"), not both"#
        ]
      ),
      (
        #""e": { "model": "drought", "start": "1h", "window": { "plateau": "1h" } }"#,
        [
          "/events/e: a drought without a factor could not be seen: it needs halfSpread, depth, volume or refillHalfLife"
        ]
      ),
      (
        #""e": { "model": "drought", "start": "3d", "window": { "plateau": "1h" }, "depth": 0.1 }"#,
        ["/events/e/start: the event starts at 1170m at the earliest, after the end of the scenario at 13h"]
      ),
      (
        #""e": { "model": "drought", "assets": ["A", "A"], "start": "1h", "window": { "plateau": "1h" }, "depth": 0.1 }"#,
        [#"/events/e/assets/1: "A" is there twice"#]
      ),
      (
        #""e": { "model": "volatility", "start": { "model": "timeOfDay", "time": "16:00" }, "window": { "plateau": "1h" }, "volatility": 2 }"#,
        ["/events/e/start/time: 16:00 is not within the session from 09:30 up to 16:00"]
      ),
      (
        #""e": { "model": "volatility", "start": { "model": "timeOfDay", "day": 3, "time": "10:00" }, "window": { "plateau": "1h" }, "volatility": 2 }"#,
        ["/events/e/start/day: day 3 at 10:00 comes after the end of the scenario, which has 13h"]
      ),
      (
        #""e": { "model": "volatility", "start": { "model": "after", "event": "e" }, "window": { "plateau": "1h" }, "volatility": 2 }"#,
        [#"/events/e/start/event: waits for itself: "e" after "e""#]
      ),
      (
        #""e": { "model": "volatility", "start": { "model": "after", "event": "f" }, "window": { "plateau": "1h" }, "volatility": 2 }, "#
          + #""f": { "model": "gap", "asset": "A", "start": { "model": "after", "event": "e" }, "change": 0.1 }"#,
        [
          #"/events/e/start/event: waits for itself: "e" after "f" after "e""#,
          #"/events/f/start/event: waits for itself: "f" after "e" after "f""#,
        ]
      ),
      (
        #""e": { "model": "volatility", "start": { "model": "after", "event": "ee" }, "window": { "plateau": "1h" }, "volatility": 2 }"#,
        [#"/events/e/start/event: no event named "ee"; did you mean "e"?"#]
      ),
      (
        #""e": { "model": "circuitBreaker", "asset": "A", "levels": [ { "fall": 0.13 }, { "fall": 0.07 } ] }"#,
        ["/events/e/levels/1/fall: a level is not deeper than the one before it"]
      ),
      (
        #""e": { "model": "cascade", "asset": "A", "openInterest": 0, "liquidatedPerPercent": 0.05 }"#,
        ["/events/e/openInterest: 0 is not above 0 and at most 1000000000000 (units of the asset)"]
      ),
    ])
  func bad(events: String, expected: [String]) throws { #expect(try problems(events) == expected) }

  @Test(
    "rules of sessions are refused on a market that never closes",
    arguments: [
      (
        #"{ "model": "circuitBreaker", "asset": "A", "levels": [ { "fall": 0.07 } ] }"#,
        "/events/e: a circuit breaker counts from the last session's close: a market that never closes has none"
      ),
      (
        #"{ "model": "priceLimit", "down": 0.07 }"#,
        "/events/e: a price limit counts from the last session's close: a market that never closes has none"
      ),
      (
        #"{ "model": "gap", "asset": "A", "start": "1h", "at": "open", "change": 0.07 }"#,
        "/events/e/at: a market that never closes has no opens of sessions"
      ),
    ])
  func noSessions(event: String, expected: String) throws {
    #expect(try problems(#""e": \#(event)"#, calendar: #"{ "model": "continuous" }"#) == [expected])
  }
}
