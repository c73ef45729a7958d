import Documents
import Markets
import Randomness
import Testing

/// What events say in documents, and what is wrong with it, at its place.
struct EventDocumentTests {
  private func scenario(_ event: String, latency: String = "1s", step: String = "1m") throws(Problems) -> Scenario {
    let text = """
      { "stresslab": "scenario/1", "title": "Test",
        "clock": { "step": "\(step)", "length": "1d", "start": "2024-01-03",
          "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
        "assets": {
          "A": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } },
          "B": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.3 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },
        "venue": { "latency": "\(latency)" },
        "events": { "x": \(event) } }
      """
    let loader = DocumentLoader(notations: Distributions.notations.map(Set.init)) { _ in nil }
    return try Scenario.read(try loader.load([UInt8](text.utf8), file: "test.json"))
  }

  /// The problems of a document, without their line and column.
  private func problems(_ event: String) -> [String] {
    do {
      _ = try scenario(event)
      return []
    } catch {
      return error.all.map { "\($0.path): \($0.message)" }
    }
  }

  private static let crash = #""model": "flashCrash", "asset": "A", "start": "1h", "#
  private static let way = #""fall": { "duration": "6m" }, "recovery": { "fraction": 0.5, "halfLife": "15m" }"#

  static let good = [
    "{ \(crash) \"drop\": 0.1, \(way) }",
    #"{ \#(crash) "rise": 0.4, "climb": { "duration": "6m" }, "recovery": { "fraction": 1.1, "halfLife": "15m" } }"#,
    "{ \(crash) \"drop\": 0.1, \(way), \"aftershocks\": { \"meanNumber\": 1.5, \"meanDelay\": \"20m\", \"ratio\": 0.4 } }",
    "{ \(crash) \"drop\": 0.1, \(way), \"network\": { \"lag\": \"1m\", \"weights\": { \"B\": { \"A\": 0.5 }, \"A\": { \"B\": 0.2 } } } }",
    #"{ "model": "trend", "asset": "A", "start": "1h", "change": -0.3, "duration": "4h", "contagion": { "B": { "beta": 0.7 } } }"#,
    #"{ "model": "gap", "asset": "A", "start": "1h", "change": { "oneOf": [-0.2, 0.2] } }"#,
    #"{ "model": "trend", "asset": "A", "start": { "oneOf": ["1h", { "weight": 2, "value": "2h" }] }, "change": -0.3, "duration": "1h" }"#,
    """
    { "model": "oneOf", "alternatives": {
      "up": { "weight": 0.5, "model": "gap", "asset": "A", "start": "1h", "change": 0.2 },
      "down": { "extends": "up", "change": -0.2 },
      "dry": { "model": "drought", "start": "2h", "window": { "plateau": "1h" }, "depth": 0.1 } } }
    """,
  ]

  @Test("what the documentation says can be written", arguments: good)
  func areGood(_ event: String) throws {
    #expect(problems(event) == [])
    _ = try Market(scenario: try scenario(event), seed: 1).makeTile(groups: 1)
  }

  @Test("an alternative that extends another takes its weight, and of three each is as likely as its own says")
  func weights() throws {
    let event = try #require(try scenario(Self.good[7]).events[0].event as? OneOf)
    #expect(event.alternatives.names == ["down", "dry", "up"])
    #expect(event.alternatives.values.map(\.weight) == [0.5, 1, 0.5])
    #expect((event.alternatives["down"]?.event as? Gap)?.change == .fixed(-0.2))
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let event: String
    let expected: [String]

    init(_ name: String, _ event: String, _ expected: String...) {
      testDescription = name
      self.event = event
      self.expected = expected
    }
  }

  static let mistakes = [
    Mistake(
      "neither up nor down", "{ \(crash) \(way) }",
      #"/events/x: "drop" is missing, or "rise": how far the price goes"#),
    Mistake(
      "both", "{ \(crash) \"drop\": 0.1, \"rise\": 0.1, \(way) }",
      #"/events/x/rise: one event falls or rises: "drop" and "rise" exclude each other"#),
    Mistake(
      "a drop without a fall", #"{ \#(crash) "drop": 0.1, "recovery": { "fraction": 0.5, "halfLife": "15m" } }"#,
      #"/events/x: "fall" is missing: how it falls"#),
    Mistake(
      "a rise with a fall", "{ \(crash) \"rise\": 0.1, \(way) }",
      #"/events/x: "climb" is missing: how it rises"#,
      #"/events/x/fall: belongs to a "drop"; a "rise" has a "climb""#),
    Mistake(
      "a rise that goes back beyond nothing",
      #"{ \#(crash) "rise": 20, "climb": { "duration": "6m" }, "recovery": { "fraction": 1.05, "halfLife": "15m" } }"#,
      "/events/x/recovery/fraction: so much of a rise of up to 20 cannot go back: it would leave no price"),
    Mistake(
      "a network that grows",
      "{ \(crash) \"drop\": 0.1, \(way), \"network\": { \"lag\": \"1m\", \"weights\": { \"B\": { \"A\": 1.2 }, \"A\": { \"B\": 1 } } } }",
      "/events/x/network/weights: a move would come back as large as it went, or larger: the spectral radius of these "
        + "weights is 1.095445, and has to be below 0.999"),
    Mistake(
      "a network beside contagion",
      "{ \(crash) \"drop\": 0.1, \(way), \"contagion\": { \"B\": { \"beta\": 1 } }, \"network\": { \"lag\": \"1m\", \"weights\": { \"B\": { \"A\": 0.5 } } } }",
      #"/events/x/network: assets catch it by "contagion" or through a "network", not both"#),
    Mistake(
      "a network that starts elsewhere",
      "{ \(crash) \"drop\": 0.1, \(way), \"network\": { \"lag\": \"1m\", \"weights\": { \"A\": { \"B\": 0.5 } } } }",
      #"/events/x/network/weights: no asset here follows "A", the asset that falls first"#),
    Mistake(
      "a network of assets that are not there",
      "{ \(crash) \"drop\": 0.1, \(way), \"network\": { \"lag\": \"1m\", \"weights\": { \"B\": { \"C\": 0.5 } } } }",
      #"/events/x/network/weights/B/C: no asset named "C"; known: A, B"#),
    Mistake(
      "more aftershocks than there can be",
      "{ \(crash) \"drop\": 0.1, \(way), \"aftershocks\": { \"meanNumber\": 5, \"meanDelay\": \"0s\", \"ratio\": 2 } }",
      "/events/x/aftershocks/meanNumber: 5 is outside 0…3", "/events/x/aftershocks/meanDelay: 0s is not above 0s",
      "/events/x/aftershocks/ratio: 2 is outside 0…1 (fraction)"),
    Mistake(
      "a day that is no whole number of a computer's",
      #"{ "model": "trend", "asset": "A", "start": { "model": "timeOfDay", "day": 1e300, "time": "10:00" }, "change": 0.1, "duration": "4h" }"#,
      "/events/x/start/day: day 1e+300 at 10:00 comes after the end of the scenario, which has 390m"),
    Mistake(
      "a trend to nothing",
      #"{ "model": "trend", "asset": "A", "start": "1h", "change": -1, "duration": "4h" }"#,
      "/events/x/change: -1 is not above -1 and at most 1000 (fraction of price)"),
    Mistake(
      "a trend that could not be seen",
      #"{ "model": "trend", "asset": "A", "start": "1h", "change": 0, "duration": "4h" }"#,
      "/events/x/change: a change of 0 could not be seen"),
    Mistake(
      "a trend that catches itself",
      #"{ "model": "trend", "asset": "A", "start": "8h", "change": 0.1, "duration": "4h", "contagion": { "A": { "beta": 1 } } }"#,
      #"/events/x/contagion/A: "A" is the asset that moves first"#),
    Mistake(
      "no alternatives", #"{ "model": "oneOf", "alternatives": {} }"#,
      "/events/x/alternatives: expected at least 1 member, found 0"),
    Mistake(
      "weights of nothing",
      #"{ "model": "oneOf", "alternatives": { "a": { "weight": 0, "model": "gap", "asset": "A", "start": "1h", "change": 0.2 }, "b": { "weight": -2, "model": "gap", "asset": "A", "start": "1h", "change": 0.2 } } }"#,
      "/events/x/alternatives/a/weight: 0 is not above 0 and at most 1000000",
      "/events/x/alternatives/b/weight: -2 is not above 0 and at most 1000000"),
    Mistake(
      "mistakes inside alternatives",
      #"{ "model": "oneOf", "alternatives": { "a": { "model": "gap", "asset": "C", "start": "9h", "change": 0.2 }, "b": { "model": "trend", "asset": "A", "start": "9h", "change": 0.2, "duration": "1h" } } }"#,
      #"/events/x/alternatives/a/asset: no asset named "C"; known: A, B, market"#),
    Mistake(
      "alternatives after the end",
      #"{ "model": "oneOf", "alternatives": { "a": { "model": "gap", "asset": "A", "start": "1h", "change": 0.2 }, "b": { "model": "trend", "asset": "A", "start": "9h", "change": 0.2, "duration": "1h" } } }"#,
      "/events/x/alternatives/b/start: the event starts at 9h at the earliest, after the end of the scenario at 390m"),
    Mistake(
      "an alternative that waits for its own event",
      #"{ "model": "oneOf", "alternatives": { "a": { "model": "gap", "asset": "A", "start": { "model": "after", "event": "x" }, "change": 0.2 } } }"#,
      #"/events/x/alternatives/a/start/event: waits for itself: "x" after "x""#),
    Mistake(
      "alternatives inside alternatives",
      #"{ "model": "oneOf", "alternatives": { "a": { "model": "oneOf", "alternatives": {} } } }"#,
      #"/events/x/alternatives/a/model: unknown model "oneOf"; known: flashCrash, arithmeticCrash, gap, drought, volatility, trend, nothing"#
    ),
  ]

  @Test("each mistake is told at its place", arguments: mistakes)
  func areTold(_ mistake: Mistake) { #expect(problems(mistake.event) == mistake.expected) }

  @Test("a fall that is short against the latency or the step is warned of, once, and run all the same")
  func warnings() throws {
    let event = { (duration: String) in
      #"{ \#(Self.crash) "drop": 0.1, "fall": { "duration": \#(duration) }, "recovery": { "fraction": 0.5, "halfLife": "15m" } }"#
    }
    let told = { (event: String, latency: String) in
      try self.scenario(event, latency: latency).warnings.map { "\($0.violation)" }
    }
    let line =
      ": stops fill on its line, at their levels, as if there were trading at every price; "
      + "a \"gap\" has no trading inside"
    #expect(try told(event(#""6m""#), "1s") == [])
    #expect(try told(event(#""1m""#), "1m") == [])
    let place = "events/x/fall/duration: the fall "
    #expect(try told(event(#""30s""#), "1s") == ["\(place)takes 30s, less than a step of 1m\(line)"])
    #expect(
      try told(event(#""2m""#), "5m") == ["\(place)takes 2m, less than the latency of 5m\(line)"])
    #expect(
      try told(event(#"{ "between": ["10s", "10m"] }"#), "90s")
        == ["\(place)can take less than a step of 1m and the latency of 90s\(line)"])
    let alternative = #"{ "model": "oneOf", "alternatives": { "a": \#(event(#""30s""#)) } }"#
    #expect(
      try told(alternative, "1s")
        == ["events/x/alternatives/a/fall/duration: the fall takes 30s, less than a step of 1m\(line)"])
  }
}
