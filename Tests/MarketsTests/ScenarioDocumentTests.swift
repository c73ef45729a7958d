import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Scenario documents: the good ones of the repository, and broken ones with their exact messages.
struct ScenarioDocumentTests {
  /// A scenario in memory.
  private func read(_ text: String) throws -> Scenario {
    let document = try DocumentLoader(notations: Distributions.notations.map(Set.init))
      .load(Array(text.utf8), file: "s.json")
    return try Scenario.read(document)
  }

  /// A small valid document, with one text in place of another.
  private func document(_ old: String = "", _ new: String = "") -> String {
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "sources": { "/assets/A/price": { "basis": "judgement", "text": "round" } },
        "clock": { "step": "1m", "length": "390m", "warmup": "30m", "start": "2024-01-03",
          "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
        "assets": {
          "B": { "price": 10, "process": { "model": "merton", "annualVolatility": 0.5, "jumpsPerYear": 10, "meanJump": 0, "jumpVolatility": 0.1 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } },
          "A": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },
        "dependence": { "model": "gaussian", "correlations": { "B/A": 0.5 } },
        "venue": { "latency": "1s" },
        "events": { "crash": { "model": "flashCrash", "asset": "A", "start": { "between": ["1h", "2h"] }, "drop": 0.1,
          "fall": { "duration": "6m" }, "recovery": { "fraction": 0.5, "halfLife": "15m" },
          "contagion": { "B": { "beta": 0.5 } } } } }
      """
    return old.isEmpty ? text : text.replacing(old, with: new)
  }

  /// The problems of a document, without their line and column.
  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let problems as Problems {
      return problems.all.map { "\($0.path): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a valid document becomes a scenario whose assets and events are in the order of their names")
  func validDocument() throws {
    let scenario = try read(document())
    #expect(scenario.assets.map(\.name) == ["A", "B"])
    #expect(scenario.clock.steps == 390 && scenario.clock.warmupSteps == 30)
    #expect(scenario.venue.latencySeconds == 1)
    #expect(scenario.sources.map(\.pointer) == ["/assets/A/price"])
    let market = try Market(scenario: scenario, seed: 1)
    #expect(market.description.correlation == [[1, 0.5], [0.5, 1]])
    #expect(market.description.events == ["crash"])
    #expect(market.description.arrivalFraction == 1.0 / 60 && market.description.delaySteps == 0)
    let tile = market.makeTile(groups: 1)
    tile.reset(firstPath: 0)
    #expect(tile.step == -31)
    #expect(tile.parameters(ofPath: 3).map(\.path) == ["/events/crash/start"])
    let start = tile.parameters(ofPath: 3).map(\.value)[0]
    #expect(start > 3600 && start < 7200 && tile.eventStart(0)[0][3] == start / 60)
  }

  @Test("broken documents are refused with one clear sentence each")
  func brokenDocuments() {
    let cases: [(old: String, new: String, expected: String)] = [
      (
        #""price": 100"#, #""price": 0"#, "/assets/A/price: 0 is outside 1e-12…1000000000000 (quote currency)"
      ),
      (
        #"{ "model": "gbm", "annualVolatility": 0.3 }"#, #"{ "model": "gmb", "annualVolatility": 0.3 }"#,
        #"/assets/A/process/model: unknown model "gmb"; did you mean "gbm"?"#
      ),
      (
        #""process": { "model": "gbm", "annualVolatility": 0.3 },"#, "",
        #"/assets/A: "process" is missing: what moves the price"#
      ),
      (
        #""price": 100,"#, #""price": 100, "history": "A","#,
        #"/assets/A/history: "history" needs the scenario's "history", which names the recorded file"#
      ),
      (
        #""meanJump": 0, "jumpVolatility": 0.1"#, #""meanJump": 0.1, "jumpVolatility": 0.2"#,
        "/assets/B/process/annualVolatility: the total volatility can be as low as 0.5, and the jumps alone can have "
          + "0.707: nothing is left for the diffusion"
      ),
      (
        #""step": "1m""#, #""step": "1m", "substeps": 0"#,
        "/clock/substeps: 0 is outside 1…256"
      ),
      (#""B/A": 0.5"#, #""B/C": 0.5"#, #"/dependence/correlations/B~1C: no asset named "C"; known: A, B"#),
      (#""B/A": 0.5"#, #""BA": 0.5"#, #"/dependence/correlations/BA: expected two assets, as in "A/B""#),
      (
        #""B/A": 0.5"#, #""B/A": 0.5, "A/B": 0.4"#,
        #"/dependence/correlations/A~1B: the pair "B/A" is there already"#
      ),
      (
        #""latency": "1s""#, #""latency": "1s", "initialMargin": 0.2, "maintenanceMargin": 0.25"#,
        "/venue/maintenanceMargin: 0.25 is above the initial margin of 0.2"
      ),
      (
        #"["1h", "2h"]"#, #"["7h", "8h"]"#,
        "/events/crash/start: the event starts at 7h at the earliest, after the end of the scenario at 390m"
      ),
      (#""drop": 0.1"#, #""drop": 1.4"#, "/events/crash/drop: 1.4 is not at least 0 and below 1 (fraction of price)"),
      (#""asset": "A""#, #""asset": "AA""#, #"/events/crash/asset: no asset named "AA"; did you mean "A"?"#),
      (
        #""B": { "beta": 0.5 }"#, #""A": { "beta": 0.5 }"#,
        #"/events/crash/contagion/A: "A" is the asset that falls first"#
      ),
      (
        #""/assets/A/price""#, #""/assets/A/prise""#,
        #"/sources/~1assets~1A~1prise: there is nothing at "/assets/A/prise"; did you mean "/assets/A/price"?"#
      ),
      (
        #""basis": "judgement""#, #""basis": "guess""#,
        #"/sources/~1assets~1A~1price/basis: unknown value "guess"; known: fitted, literature, judgement"#
      ),
      (
        #""halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },"#,
        #""halfSpreadBps": 1, "depthTo1Percent": 1000 } } },"#,
        #"/assets/A/liquidity: "volumePerDay" is missing: mean units traded in a day"#
      ),
    ]
    for (old, new, expected) in cases {
      #expect(document().contains(old), "\(old)")
      #expect(problems(document(old, new)) == [expected])
    }
  }

  @Test("a source for what is nothing like anything is told what there is, which no other source is")
  func strangeSource() throws {
    let found = problems(document(#""/assets/A/price""#, #""/elsewhere""#))
    try #require(found.count == 1)
    #expect(found[0].hasPrefix(#"/sources/~1elsewhere: there is nothing at "/elsewhere"; known: /stresslab, "#))
    #expect(found[0].contains("/clock") && !found[0].dropFirst(20).contains("/sources"), "\(found)")
  }

  /// An event of the venue's in place of the crash: its model and what stands beside start and window.
  private func problems(
    _ model: String, _ members: String, venue: String = "", window: String = #"{ "plateau": "1h" }"#
  ) -> [String] {
    let text = document(#""latency": "1s""#, venue).replacing(#/"events": .*/#.dotMatchesNewlines(), with: "")
    let around = model == "outage" ? "" : #", "window": \#(window)"#
    return problems(
      text + #""events": { "e": { "model": "\#(model)", "start": "1h"\#(around)\#(members) } } }"#)
  }

  @Test("events of the venue that cannot be are refused at their place")
  func brokenVenueEvents() {
    let cases: [(model: String, members: String, venue: String, expected: String)] = [
      (
        "marginCall", "", "",
        "/events/e: a margin call without a factor could not be seen: it needs initialMargin, maintenanceMargin, "
          + "takerFee or liquidationFee"
      ),
      (
        "marginCall", #", "maintenanceMargin": 2, "takerFee": 3"#, #""maintenanceMargin": 0"#,
        "/events/e/maintenanceMargin: the venue's own is 0, and so is every multiple of it"
      ),
      (
        "marginCall", #", "initialMargin": 0"#, "",
        "/events/e/initialMargin: 0 is outside 0.001…1000 (×)"
      ),
      (
        "squeeze", "", "",
        "/events/e: a squeeze that asks for nothing could not be seen: it needs borrowFee, recall or newShorts"
      ),
      (
        "squeeze", #", "borrowFee": 1, "recallAfter": "1h""#, "",
        "/events/e/recallAfter: without a recall there is nothing that could come later"
      ),
      (
        "squeeze", #", "recall": 0.5, "recallAfter": "1000d""#, "",
        "/events/e/recallAfter: so long after its start the scenario is over"
      ),
      ("squeeze", #", "recall": 1.5"#, "", "/events/e/recall: 1.5 is outside 0…1 (fraction)"),
      (
        "squeeze", #", "newShorts": "refuse""#, "",
        #"/events/e/newShorts: unknown value "refuse"; did you mean "refused"?"#
      ),
      (
        "squeeze", #", "recall": 1, "assets": ["C"]"#, "",
        #"/events/e/assets/0: no asset named "C"; known: A, B"#
      ),
      ("outage", #", "duration": "0s""#, "", "/events/e/duration: 0s is not above 0s"),
      (
        "outage", #", "duration": "1h", "orders": "queue""#, "",
        #"/events/e/orders: unknown value "queue"; did you mean "queued"?"#
      ),
      (
        "slowVenue", #", "latency": 5"#, "",
        "/events/e/latency: the venue has no latency, and every multiple of it is none"
      ),
      ("slowVenue", #", "latency": 1"#, #""latency": "1s""#, "/events/e/latency: a factor of 1 could not be seen"),
      ("slowVenue", #", "latency": 0.5"#, #""latency": "1s""#, "/events/e/latency: 0.5 is outside 1…1000 (×)"),
      ("rejects", #", "share": 1"#, "", "/events/e/share: 1 is not above 0 and below 1 (fraction)"),
      (
        "rejects", #", "share": 0.5"#, #""funding": 1"#, "/venue/funding: 1 is outside -0.1…0.1 (fraction in 8 h)"
      ),
      (
        "rejects", #", "share": 0.5"#, #""borrowFee": -1"#, "/venue/borrowFee: -1 is outside 0…100 (1/year)"
      ),
    ]
    for (model, members, venue, expected) in cases {
      #expect(problems(model, members, venue: venue) == [expected])
    }
    #expect(problems("rejects", #", "share": 0.5"#, window: "{}").count == 1)
    let good = [
      ("marginCall", #", "maintenanceMargin": { "between": [1.5, 2] }"#),
      ("squeeze", #", "recall": { "between": [0.2, 0.5] }, "recallAfter": "1h", "newShorts": "refused""#),
      ("outage", #", "duration": { "between": ["1m", "1h"] }, "orders": "queued", "staleFeed": "hidden""#),
      ("slowVenue", #", "latency": 20"#), ("rejects", #", "share": 0.5"#),
    ]
    for (model, members) in good {
      let venue = #""latency": "1s", "funding": -0.0001, "borrowFee": 0.02"#
      #expect(problems(model, members, venue: venue) == [])
    }
  }

  @Test("all problems of a document come at once")
  func allAtOnce() {
    let text = document(#""price": 100"#, #""price": -1"#).replacing(#"["1h", "2h"]"#, with: #"["7h", "8h"]"#)
      .replacing(#""B/A": 0.5"#, with: #""B/A": -2"#)
    #expect(problems(text).count == 3)
  }

  @Test("the repository's scenarios are valid", arguments: ["flash-crash", "history-crash"])
  func scenariosAreValid(name: String) throws {
    let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let (_, scenario) = try Scenario.load("\(folder)/scenarios/\(name).json")
    let market = try Market(scenario: scenario, seed: 1)
    let tile = market.makeTile(groups: 2)
    tile.reset(firstPath: 0)
    for _ in 0..<(scenario.clock.warmupSteps + scenario.clock.steps) { tile.advance() }
    #expect(tile.step == scenario.clock.steps - 1)
    #expect(tile.bars.allSatisfy { ($0.low .> 0).isAll && ($0.high .>= $0.low).isAll })
  }
}
