import Foundation
import Testing

@Suite("Broken documents")
struct BrokenDocumentTests {
  /// A mistake in an otherwise good pair of documents, and all that the program says about it.
  struct Broken: Sendable, CustomTestStringConvertible {
    let what: String
    let file: String
    let replacing: String
    let with: String
    let expected: [String]

    init(_ what: String, _ file: String, _ replacing: String, _ with: String, _ expected: String...) {
      self.what = what
      self.file = file
      self.replacing = replacing
      self.with = with
      self.expected = expected
    }

    var testDescription: String { what }
  }

  static let mistakes: [Broken] = [
    Broken(
      "a bracket that is missing", "small.json", #""AAA/BBB": 0.5 } }"#, #""AAA/BBB": 0.5 }"#,
      #"small.json:18:106: expected "," or "}", found the end of the document"#),
    Broken(
      "a comma too many", "study.json", #""seed": 7 }"#, #""seed": 7, }"#,
      #"study.json:8:42: /monteCarlo: a comma must not stand before "}""#),
    Broken(
      "text for a number", "small.json", #""price": 100"#, #""price": "100""#,
      #"small.json:5:23: /assets/AAA/price: expected a number, found the string "100""#),
    Broken(
      "a duration without a unit", "small.json", #""halfLife": "30m" },"# + "\n  \"contagion\"",
      #""halfLife": "30" },"# + "\n  \"contagion\"",
      #"small.json:16:68: /events/crash/recovery/halfLife: expected a duration such as "20s", "6m", "13h30m" or "252d", "#
        + #"found the string "30""#),
    Broken(
      "a drop of more than everything", "small.json", #""high": 0.3"#, #""high": 1.3"#,
      "small.json:15:51: /events/crash/drop/high: 1.3 is not at least 0 and below 1 (fraction of price)"),
    Broken(
      "a distribution that contradicts itself", "small.json", #""typical": 0.15"#, #""typical": 0.55"#,
      "small.json:15:37: /events/crash/drop/typical: typical is not between low and high"),
    Broken(
      "a negative half-spread", "small.json", #""halfSpreadBps": 2"#, #""halfSpreadBps": -2"#,
      "small.json:10:39: /assets/BBB/liquidity/halfSpreadBps: -2 is outside 0…5000 (basis points)"),
    Broken(
      "two mistakes at once", "small.json", #""price": 50, "process": { "model": "merton", "annualVolatility": 0.4"#,
      #""price": -50, "process": { "model": "merton", "annualVolatility": -0.4"#,
      "small.json:8:23: /assets/BBB/price: -50 is outside 1e-12…1000000000000 (quote currency)",
      "small.json:8:80: /assets/BBB/process/annualVolatility: -0.4 is not above 0 and at most 20 (1/√year)"),
    Broken(
      "a key that nobody knows", "small.json", #""annualVolatility": 0.4 }"#, #""anualVolatility": 0.4 }"#,
      #"small.json:5:39: /assets/AAA/process: "annualVolatility" is missing: "#
        + "volatility of the log price, close to close (1/√year); may be drawn per path",
      #"small.json:5:57: /assets/AAA/process/anualVolatility: unknown key "anualVolatility"; "#
        + #"did you mean "annualVolatility"?"#),
    Broken(
      "a key twice", "small.json", #""price": 50,"#, #""price": 50, "price": 51,"#,
      #"small.json:8:27: /assets/BBB/price: duplicate key "price", first on line 8"#),
    Broken(
      "a model that nobody knows", "small.json", #""model": "merton""#, #""model": "mertn""#,
      #"small.json:8:49: /assets/BBB/process/model: unknown model "mertn"; did you mean "merton"?"#),
    Broken(
      "a scenario that isn't there", "study.json", #""small.json""#, #""smal.json""#,
      #"study.json:1:65: /scenarios/0: there is no file "smal.json", or it can't be read"#),
    Broken(
      "an event after the horizon", "small.json", #"["1h", "2h"]"#, #"["7h", "8h"]"#,
      "small.json:14:74: /events/crash/start: "
        + "the event starts at 7h at the earliest, after the end of the scenario at 390m"),
    Broken(
      "a correlation above one", "small.json", #""AAA/BBB": 0.5"#, #""AAA/BBB": 1.5"#,
      "small.json:12:69: /dependence/correlations/AAA~1BBB: 1.5 is outside -1…1"),
    Broken(
      "an event on an asset that isn't there", "small.json", #""asset": "AAA""#, #""asset": "AAB""#,
      #"small.json:14:58: /events/crash/asset: no asset named "AAB"; did you mean "AAA"?"#),
    Broken(
      "a step that does not divide the session", "small.json", #""step": "5m""#, #""step": "7m""#,
      "small.json:2:22: /clock/step: a step of 7m does not divide the session of 390m"),
    Broken(
      "jumps that take more than all of the volatility", "small.json", #""jumpVolatility": 0.03"#,
      #""jumpVolatility": 0.3"#,
      "small.json:8:79: /assets/BBB/process/annualVolatility: the total volatility can be as low as 0.4, "
        + "and the jumps alone can have 1.342: nothing is left for the diffusion"),
    Broken(
      "a source for a number that isn't there", "small.json", #""title": "Small","#,
      #""title": "Small", "sources": { "/assets/AAA/prise": { "basis": "fitted", "text": "x" } },"#,
      #"small.json:1:61: /sources/~1assets~1AAA~1prise: there is nothing at "/assets/AAA/prise"; "#
        + #"did you mean "/assets/AAA/price"?"#),
    Broken(
      "a warm-up shorter than a look-back", "small.json", #""warmup": "1h""#, #""warmup": "5m""#,
      #"small.json:2:56: /clock/warmup: the warm-up of 1 step is shorter than what agent "trend" looks back: 8 steps"#),
    Broken(
      "a recovery from an event that isn't there", "study.json", #""monteCarlo""#,
      #""recovery": { "from": "krash" }, "monteCarlo""#,
      #"study.json:8:25: /recovery/from: no event named "krash" in small.json; did you mean "crash"?"#),
    Broken(
      "a comparison of a desk that isn't there", "study.json", #""monteCarlo""#,
      #""compare": [{ "desk": "hold/house", "against": "hold/hause" }], "monteCarlo""#,
      #"study.json:8:50: /compare/0/against: no desk is called "hold/hause"; did you mean "hold/house"?"#),
    Broken(
      "a desk that is compared with itself", "study.json", #""monteCarlo""#,
      #""compare": [{ "desk": "hold/house", "against": "hold/house" }], "monteCarlo""#,
      "study.json:8:50: /compare/0/against: a desk is compared with another one"),
    Broken(
      "a level of recovery that isn't kept", "study.json", #""monteCarlo""#,
      #""recovery": { "level": 0.9 }, "monteCarlo""#, "study.json:8:26: /recovery/level: 0.9 is neither 0.95 nor 1"),
    Broken(
      "a weight for an asset that isn't there", "study.json", #""leverage": 6"#,
      #""leverage": 6, "weights": { "AAC": 1 }"#,
      #"study.json:3:22: /panel/hold: no asset named "AAC" in small.json; did you mean "AAA"?"#),
    Broken(
      "a rule with a loss of more than everything", "study.json", #""loss": 0.05"#, #""loss": 1.5"#,
      "study.json:6:44: /risk/house/rules/stop/loss: 1.5 is not above 0 and below 1 (fraction of price)"),
    Broken(
      "a time to wait that is neither a span nor the word for none", "study.json", #""coolDown": "6 steps""#,
      #""coolDown": "6 stepps""#,
      #"study.json:6:62: /risk/house/rules/stop/coolDown: expected a span such as "50 steps", "30m", "2h30m" or "10d", "#
        + #"or "untilTargetTurns", found the string "6 stepps""#),
    Broken(
      "an array where a number or a distribution goes", "small.json", #"{ "low": 0.05, "typical": 0.15, "high": 0.3 }"#,
      "[0.05, 0.3]",
      #"small.json:15:11: /events/crash/drop: expected a number or a distribution ({"between": [a, b]}, "#
        + #"{"low": a, "typical": b, "high": c}, {"normal": {"mean": a, "sd": b}}, "#
        + #"{"lognormal": {"median": a, "sigma": b}}, {"exponential": {"mean": a}}, {"gamma": {"shape": a, "mean": b}}, "#
        + #"{"beta": {"a": a, "b": b, "from": c, "to": d}}, {"studentT": {"median": a, "scale": b, "degrees": c}}, "#
        + #"{"pareto": {"least": a, "tail": b}}, {"generalisedPareto": {"threshold": a, "scale": b, "shape": c}} "#
        + #"or {"oneOf": [a, b]}), found an array"#
    ),
    Broken(
      "a severity below nothing", "study.json", "[0, 1]", "[0, -1]",
      "study.json:2:21: /severities/1: -1 is outside 0…10 (×)"),
    Broken(
      "recorded bars that aren't there", "bars.json", #""file": "bars.csv""#, #""file": "bras.csv""#,
      "bars.json:4:56: /history/file: bras.csv: there is no such file, or it can't be read"),
    Broken(
      "a crash shorter than a recorded step, which would vanish", "bars.json", #""duration": "2d""#,
      #""duration": "6m""#,
      "bars.json:9:27: /events/crash/fall/duration: can be 6m, shorter than a step of 390m: "
        + "between two recorded closes it would vanish"),
  ]

  /// A daily scenario on recorded bars.
  static let bars = """
    { "stresslab": "scenario/1", "title": "Bars",
      "clock": { "step": "1d", "length": "20d", "warmup": "10d", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "history": { "model": "stationaryBootstrap", "file": "bars.csv", "meanBlock": "3d" },
      "assets": { "AAA": { "price": 100, "history": "AAA",
        "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 100000, "refillHalfLife": "20s" } } },
      "venue": { "initialMargin": 0.25 },
      "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": "5d", "drop": 0.2,
        "fall": { "duration": "2d" }, "recovery": { "fraction": 0.5, "halfLife": "3d" } } } }
    """

  static let csv =
    "time,open,high,low,close,volume\n"
    + (1...28).map { day in
      "2023-02-\(day < 10 ? "0" : "")\(day),\(100 + day % 3),\(102 + day % 3),\(99 + day % 3),\(101 + day % 3),1000000"
    }.joined(separator: "\n") + "\n"

  @Test("each is told exactly, with exit code 2 and nothing written", arguments: mistakes)
  func isTold(_ broken: Broken) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write("bars.json", Self.bars)
    try folder.write("bars.csv", Self.csv)
    let text = try String(contentsOfFile: folder.path(broken.file), encoding: .utf8)
    let changed = text.replacingOccurrences(of: broken.replacing, with: broken.with)
    #expect(changed != text)
    try folder.write(broken.file, changed)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    let program = StressLabProgram(folder: folder)
    let commands =
      broken.file == "bars.json" ? [["validate", "bars.json"]] : [["run", "study.json"], ["validate", "study.json"]]
    for command in commands {
      let result = try program.run(command)
      #expect(result.error.split(separator: "\n").map(String.init) == broken.expected)
      #expect(result.code == 2)
      #expect(result.output == "")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
  }

  @Test("the documents are good without the mistakes")
  func areGood() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write("bars.json", Self.bars)
    try folder.write("bars.csv", Self.csv)
    let result = try StressLabProgram(folder: folder).run("validate", "study.json")
    #expect(result.output == "study.json: good\n")
    #expect(result.error == "")
    #expect(result.code == 0)
  }
}
