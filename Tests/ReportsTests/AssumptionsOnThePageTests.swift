import Foundation
import Lab
import Reports
import Testing

/// What the page says of the file's own numbers.
@Suite("What was assumed")
struct AssumptionsOnThePageTests {
  private static let scenario = """
    { "stresslab": "scenario/1", "title": "Named",
      "sources": {
        "/assets/AAA/process": { "basis": "fitted", "text": "By hand." },
        "/assets/AAA/liquidity/refillHalfLife": { "basis": "literature", "text": "A book." },
        "/events/crash": { "basis": "judgement", "text": "A guess." } },
      "clock": { "step": "5m", "length": "6.5h", "warmup": "1h", "start": "2024-01-03", \(Situation.sessions) },
      "assets": { "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.2 },
        \(Situation.liquidity) } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05 },
      "events": { \(Situation.crash(start: "2h", drop: 0.1)) } }
    """

  private static let made = Result {
    try Situation([scenario], study: Situation.holders([(name: "hold", leverage: 1)], paths: 16))
  }
  private let situation: Situation

  init() throws { situation = try Self.made.get() }

  /// Two keys of the process, one of liquidity, nine of the crash (its model, asset, start, drop, duration, fraction and two
  /// half-lives): counted in the file. Planted mistake that it was seen to fail with: judgement counted as fitted.
  @Test("counts what the parameters rest on")
  func counts() throws {
    let told = try situation.match(
      "([0-9]+) parameters: ([0-9]+) fitted to data, ([0-9]+) from the literature, ([0-9]+) by judgement, ([0-9]+) without a "
        + "source in the file\\."
    ).compactMap { Int($0) }
    try #require(told.count == 5)
    #expect(told[1...3] == [2, 1, 8], "\(told)")
    #expect(told[0] == told[1...].reduce(0, +) && told[0] == situation.summary.scenarios[0].parameters.count)
  }

  @Test("names each parameter in full, under what it is about, with groups of three digits")
  func names() throws {
    for heading in ["Asset AAA", "Event crash", "Clock", "Venue"] {
      #expect(situation.index.contains("\n\(heading)\n"), "\(heading)")
    }
    for (name, value, basis) in [
      ("process: annual volatility", "0.2 1/√year", "fitted"),
      ("liquidity: volume per day", "5,000,000 units of the asset", "nothing named"),
      ("liquidity: depth to 1 percent", "12,000 units of the asset", "nothing named"),
      ("liquidity: refill half-life", "30s", "literature"), ("fall: duration", "15m", "judgement"),
      ("taker fee, bps", "1 basis points", "nothing named"),
    ] {
      let row = try situation.match(
        "\n\(name)\n+(\(value))\n+(\(basis))\n")
      #expect(row == [value, basis], "\(name) \(row)")
    }
    #expect(situation.index.contains("\nA guess.\n") && situation.index.contains("\nas above\n"))
  }

  /// Planted mistake that it was seen to fail with: a source that says nothing of what lies under its place.
  ///
  /// The study's own: a loss, a level of ruin without a source, and an account that it leaves out.
  @Test("tells what the study itself sets, on what it rests, and what is in force where it says nothing")
  func study() throws {
    let rules = #"{ "house": { "rules": { "stop": { "model": "stopLoss", "loss": 0.03 } } } }"#
    let situation = try Situation(
      [Self.scenario],
      study: Situation.holders([(name: "hold", leverage: 1)], paths: 16).replacing(
        "\"risk\": { \"none\": { \"rules\": {} } }", with: "\"risk\": \(rules)")
        + ", \"ruin\": { \"equityBelow\": 0.4 }, "
        + #""sources": { "/risk/house": { "basis": "judgement", "text": "The desk's habit." } }"#)
    let told = try situation.match(
      "What the study itself sets: ([0-9]+) parameters: ([0-9]+) by judgement, ([0-9]+) without a source in the file\\."
    )
    #expect(told == ["\(try #require(situation.summary.studyParameters).count)", "8", told.last ?? ""])
    #expect(
      try situation.match("\nRisk profile house\n(?:[^\n]*\n+){4,8}?rules: stop: loss\n+(0.03 [^\n]*)\n+(judgement)\n")
        .count == 2)
    #expect(situation.index.contains("The desk's habit.") && situation.index.contains("\nequity below\n"))
    // What it leaves out, six figures, is the program's own judgement; two are the rule's, by the study's source.
    for (path, text) in [
      ("/account/equity", "0.1 % of one day’s traded value of the least traded asset"), ("/recovery/level", "0.95"),
      ("/criteria/survival", "at least 0.99, the program’s usual limit"),
      ("/criteria/lossExceedance", "at most 0.05, of losses over 0.2, the program’s usual limit"),
    ] {
      let line = situation.summary.studyParameters?.first { $0.path == path }
      #expect(line?.text == text && line?.basis == .judgement, "\(path) \(String(describing: line))")
      #expect(situation.index.contains("\n\(text)"), "\(text)")
    }
    #expect(
      situation.summary.studyParameters?.contains {
        $0.path == "/ruin/equityBelow" && $0.text == "0.4" && $0.basis == nil
      }
        == true)
  }

  @Test("defines words and figures, and leads to the run’s files")
  func words() throws {
    for word in ["risk profile", "severity", "interval"] { #expect(situation.index.contains("\n\(word)\n"), "\(word)") }
    for measure in Measures.catalogue where !measure.isOfPerformance && !measure.isOfExecution {
      #expect(situation.index.contains("\n\(measure.definition)\n"), "\(measure.name)")
    }
    let page = Report(situation.summary).page
    for file in ["results.sqlite", "summary.json", "manifest.json", "charts.txt"] {
      #expect(page.contains("<a href=\"\(file)\">\(file)</a>"), "\(file)")
    }
  }
}
