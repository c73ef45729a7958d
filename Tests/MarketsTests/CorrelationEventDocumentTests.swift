import Documents
import Markets
import Testing

/// Correlation events in documents.
@Suite("Correlation events in documents")
struct CorrelationEventDocumentTests {
  /// The problems of a scenario with one event of these fields.
  private func problems(_ fields: String, assets: [String] = ["A", "B", "C"], dependence: String = #""A/B": 0.5"#)
    -> [String]
  {
    let written = assets.map { name in
      #""\#(name)": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.3 }, "#
        + #""liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } }"#
    }
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "clock": { "step": "1h", "length": "10h", "calendar": { "model": "continuous" } },
        "assets": { \(written.joined(separator: ", ")) },
        "dependence": { "model": "gaussian", "correlations": { \(dependence) } }, "venue": {},
        "events": { "break": { "model": "correlation", "start": "1h", "window": { "plateau": "2h" }, \(fields) } } }
      """
    do {
      _ = try Scenario.read(DocumentLoader().load(Array(text.utf8), file: "s.json"))
      return []
    } catch {
      return error.all.map { "\($0.path): \($0.message)" }
    }
  }

  @Test(
    "what can be written",
    arguments: [
      #""to": "one""#, #""to": "zero", "blend": 0.5"#, #""to": "one", "against": ["B"]"#,
      #""to": { "B/A": -0.9 }"#, #""to": { "A/B": 0.9, "A/C": 0.3 }, "assets": ["A", "B", "C"]"#,
      #""to": "one", "assets": ["A", "C"]"#,
    ])
  func legal(_ fields: String) { #expect(problems(fields).isEmpty) }

  @Test(
    "what could not be, or not be seen, is refused at its place",
    arguments: [
      (
        #""blend": 1"#,
        #"/events/break: "to" is missing: the target: "one" (all move together), "zero" (each its own "#
          + #"way), or correlations by pair of assets, as "A/B"; pairs left out keep the market's own"#
      ),
      (#""to": "two""#, #"/events/break/to: unknown value "two"; known: one, zero"#),
      (#""to": 1"#, #"/events/break/to: expected "one", "zero" or numbers by pair of assets, found the number 1"#),
      (#""to": { "A/X": 1 }"#, #"/events/break/to/A~1X: no asset named "X"; known: A, B, C"#),
      (#""to": { "A/B": 1.5 }"#, "/events/break/to/A~1B: 1.5 is outside -1…1"),
      (
        #""to": { "A/B": 0.9, "A/C": 0.9, "B/C": -0.9 }"#,
        "/events/break/to: no assets can have these correlations together: A/B of 0.9 and A/C of 0.9 leave B/C in "
          + "0.62…1, and B/C is -0.9; the smallest eigenvalue of their matrix is -0.8, and none may be under 0"
      ),
      // With what the market has of the pair that is left out.
      (
        #""to": { "A/C": 0.9, "B/C": -0.9 }"#,
        "/events/break/to: no assets can have these correlations together: A/C of 0.9 and B/C of -0.9 leave A/B in "
          + "-1…-0.62, and A/B is 0.5; the smallest eigenvalue of their matrix is -0.547, and none may be under 0"
      ),
      (#""to": {}"#, "/events/break/to: the market has these correlations already: it could not be seen"),
      (#""to": { "A/B": 0.5 }"#, "/events/break/to: the market has these correlations already: it could not be seen"),
      (#""to": "one", "blend": 0"#, "/events/break/blend: a blend of 0 could not be seen"),
      (#""to": "one", "blend": 1.2"#, "/events/break/blend: 1.2 is outside 0…1 (fraction)"),
      (#""to": "one", "assets": ["A"]"#, "/events/break/assets: one asset alone has no correlations: it takes two"),
      (#""to": "zero", "against": ["A"]"#, #"/events/break/against: goes together with "to": "one" only"#),
      (
        #""to": "one", "assets": ["A", "C"], "against": ["B"]"#,
        #"/events/break/against/0: "B" is not one of the event's assets"#
      ),
      (
        #""to": { "A/B": 0.1 }, "assets": ["A", "C"]"#, #"/events/break/to: "B" is not one of the event's assets"#
      ),
    ])
  func refused(_ fields: String, _ problem: String) { #expect(problems(fields) == [problem]) }

  @Test("a market of one asset has no correlations that could break")
  func oneAsset() {
    #expect(
      problems(#""to": "one""#, assets: ["A"], dependence: "")
        == ["/events/break/model: a market of one asset has no correlations: it could not be seen"])
  }

  @Test("recorded rows bring their dependence, which no event blends")
  func history() throws {
    let stress = try CorrelationEvent(
      start: .fixed(0), window: EventWindow(plateau: .fixed(60)), blend: .fixed(1), to: .one)
    let setting = EventSetting(clock: try SmallMarket.clock(steps: 10), splitsSteps: false)
    #expect(
      stress.violations(in: setting).map(\.description)
        == ["model: does not go together with \"history\": recorded rows bring their dependence"])
  }
}
