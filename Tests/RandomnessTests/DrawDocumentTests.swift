import Documents
import Foundation
import Randomness
import Testing

/// A document with one drawn number of each kind.
private struct Toy: Sendable {
  let drop: Draw
  let lag: Draw

  static let form = Form(
    Field("drop", .draw(.fractionOfPrice, in: .above(0, below: 1)), "fall of the price"),
    Field("lag", .drawnDuration(in: .between(60, 86_400)), default: .fixed(60), "delay"),
    make: Toy.init)
}

@Suite("Drawn numbers in documents")
struct DrawDocumentTests {
  private static func read(_ text: String) throws(Problems) -> Toy {
    let document = try DocumentLoader { _ in nil }.load([UInt8](text.utf8), file: "toy.json")
    return try Toy.form.read(document) { _ in }
  }

  private static func drop(_ text: String) throws(Problems) -> Draw { try read(#"{"drop": \#(text)}"#).drop }

  @Test("a plain number is fixed, a plain duration too")
  func fixed() throws {
    let toy = try Self.read(#"{"drop": 0.08, "lag": "2m"}"#)
    #expect(toy.drop == .fixed(0.08))
    #expect(toy.lag == .fixed(120))
  }

  @Test("each notation reads as its law, cut to the field's range")
  func notations() throws {
    let range = QuantityRange.above(0, below: 1)
    #expect(try Self.drop(#"{"between": [0.1, 0.2]}"#) == Draw(Uniform(low: 0.1, high: 0.2), in: range))
    #expect(
      try Self.drop(#"{"low": 0.03, "typical": 0.08, "high": 0.25}"#)
        == Draw(Pert(low: 0.03, typical: 0.08, high: 0.25), in: range))
    #expect(
      try Self.drop(#"{"normal": {"mean": -0.1, "sd": 0.2}}"#) == Draw(Normal(mean: -0.1, sd: 0.2), in: range))
    #expect(
      try Self.drop(#"{"lognormal": {"median": 0.1, "sigma": 0.5}}"#)
        == Draw(LogNormal(median: 0.1, sigma: 0.5), in: range))
  }

  @Test("a mixture takes numbers, laws and both with weights, nested too; each is cut to the field's range")
  func mixtures() throws {
    let range = QuantityRange.above(0, below: 1)
    let uniform = try #require(Draw(Uniform(low: 0.1, high: 0.2), in: range))
    let normal = try #require(Draw(Normal(mean: 0.9, sd: 0.2), in: range))
    #expect(
      try Self.drop(#"{"oneOf": [0.1, {"between": [0.1, 0.2]}]}"#)
        == Draw(Mixture([.init(.fixed(0.1)), .init(uniform)]), in: range))
    let inner = try #require(Draw(Mixture([.init(.fixed(0.5)), .init(weight: 3, normal)]), in: range))
    #expect(
      try Self.drop(
        #"{"oneOf": [{"weight": 2, "value": 0.1}, {"value": {"oneOf": [0.5, {"weight": 3, "value": {"normal": {"mean": 0.9, "sd": 0.2}}}]}}]}"#
      ) == Draw(Mixture([.init(weight: 2, .fixed(0.1)), .init(inner)]), in: range))
    let lag = try Self.read(#"{"drop": 0.1, "lag": {"oneOf": ["2m", {"weight": 0.5, "value": "1h"}]}}"#).lag
    #expect(
      lag
        == Draw(Mixture([.init(.fixed(120)), .init(weight: 0.5, .fixed(3_600))]), in: .between(60, 86_400)))
  }

  @Test("numbers inside a law are written like the field's: durations as durations")
  func durations() throws {
    let lag = try Self.read(#"{"drop": 0.1, "lag": {"between": ["2m", "1h"]}}"#).lag
    #expect(lag == Draw(Uniform(low: 120, high: 3_600), in: .between(60, 86_400)))
    let normal = try Self.read(#"{"drop": 0.1, "lag": {"normal": {"mean": "1h", "sd": "10m"}}}"#).lag
    #expect(normal == Draw(Normal(mean: 3_600, sd: 600), in: .between(60, 86_400)))
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let drop: String
    let message: String
    var testDescription: String { drop }
  }

  /// All that may stand in a number's place.
  static let writings =
    #"({"between": [a, b]}, {"low": a, "typical": b, "high": c}, {"normal": {"mean": a, "sd": b}}, "#
    + #"{"lognormal": {"median": a, "sigma": b}}, {"exponential": {"mean": a}}, {"gamma": {"shape": a, "mean": b}}, "#
    + #"{"beta": {"a": a, "b": b, "from": c, "to": d}}, {"studentT": {"median": a, "scale": b, "degrees": c}}, "#
    + #"{"pareto": {"least": a, "tail": b}}, {"generalisedPareto": {"threshold": a, "scale": b, "shape": c}} "#
    + #"or {"oneOf": [a, b]})"#

  static let mistakes = [
    Mistake(drop: "1.5", message: "toy.json:1:10: /drop: 1.5 is not above 0 and below 1 (fraction of price)"),
    Mistake(
      drop: #""8%""#,
      message:
        #"toy.json:1:10: /drop: expected a number or a distribution \#(writings), found the string "8%""#),
    Mistake(
      drop: "[0.1, 0.2]",
      message: "toy.json:1:10: /drop: expected a number or a distribution \(writings), found an array"),
    Mistake(
      drop: #"{"low": 0.1, "high": 0.2}"#,
      message:
        #"toy.json:1:10: /drop: "typical" is missing between "low" and "high"; two ends alone are written {"between": [a, b]}"#
    ),
    Mistake(
      drop: #"{"between": [0.2, 0.1]}"#,
      message: "toy.json:1:22: /drop/between: the first end is not under the second"),
    Mistake(
      drop: #"{"between": [0.1, 1.5]}"#,
      message: "toy.json:1:28: /drop/between/1: 1.5 is not above 0 and below 1 (fraction of price)"),
    Mistake(
      drop: #"{"low": 0.1, "typical": 0.05, "high": 0.2}"#,
      message: "toy.json:1:34: /drop/typical: typical is not between low and high"),
    Mistake(
      drop: #"{"low": 0.2, "typical": 0.2, "high": 0.2}"#,
      message: "toy.json:1:47: /drop/high: high is not above low"),
    Mistake(
      drop: #"{"normal": {"mean": 0.1, "sd": 0}}"#,
      message: "toy.json:1:41: /drop/normal/sd: 0 is not above 0 (fraction of price)"),
    Mistake(
      drop: #"{"normal": {"mean": 30, "sd": 1}}"#,
      message:
        "toy.json:1:10: /drop: less than a millionth of this distribution lies in the legal range above 0 and below 1"),
    Mistake(
      drop: #"{"lognormal": {"median": 0.1}}"#,
      message: #"toy.json:1:24: /drop/lognormal: "sigma" is missing: standard deviation of the logarithm"#),
    Mistake(
      drop: #"{"oneOf": []}"#, message: "toy.json:1:20: /drop/oneOf: expected 1…64 elements, found 0"),
    Mistake(
      drop: #"{"oneOf": [0.1, 1.2]}"#,
      message: "toy.json:1:26: /drop/oneOf/1: 1.2 is not above 0 and below 1 (fraction of price)"),
    Mistake(
      drop: #"{"oneOf": [0.1, {"weight": 0, "value": 0.2}]}"#,
      message: "toy.json:1:37: /drop/oneOf/1/weight: 0 is not above 0 and at most 1000000"),
    Mistake(
      drop: #"{"oneOf": [0.1, {"weight": -1, "value": 0.2}]}"#,
      message: "toy.json:1:37: /drop/oneOf/1/weight: -1 is not above 0 and at most 1000000"),
    Mistake(
      drop: #"{"oneOf": [0.1, {"weight": 1}]}"#,
      message:
        #"toy.json:1:26: /drop/oneOf/1: "value" is missing: a number or a distribution (fraction of price); may be drawn per path"#
    ),
    Mistake(
      drop: #"{"oneOf": [{"wieght": 1, "value": 0.2}]}"#,
      message: #"toy.json:1:22: /drop/oneOf/0/wieght: unknown key "wieght"; did you mean "weight"?"#),
    Mistake(
      drop: #"{"uniform": [0, 1]}"#,
      message:
        "toy.json:1:10: /drop: expected a number or a distribution \(writings), found an object"
    ),
    Mistake(
      drop: #"{"lognormale": {"median": 0.1, "sigma": 1}}"#,
      message:
        #"toy.json:1:10: /drop: expected a number or a distribution \#(writings), found an object; did you mean "lognormal"?"#
    ),
  ]

  @Test("a mistake is told with its place and what is expected", arguments: mistakes)
  func messages(mistake: Mistake) {
    let problems = #expect(throws: Problems.self) { try Self.drop(mistake.drop) }
    #expect(problems?.description == mistake.message)
  }

  static let judged: [(text: String, isGood: Bool)] = [
    (#"{"drop": 0.08}"#, true), (#"{"drop": 0.08, "lag": "2m"}"#, true),
    (#"{"drop": {"between": [0.1, 0.2]}, "lag": {"between": ["2m", "1h"]}}"#, true),
    (#"{"drop": {"low": 0.03, "typical": 0.08, "high": 0.25}}"#, true),
    (#"{"drop": {"normal": {"mean": -0.1, "sd": 0.2}}}"#, true),
    (#"{"drop": {"lognormal": {"median": 0.1, "sigma": 0.5}}}"#, true),
    (#"{"drop": {"oneOf": [0.1, {"between": [0.1, 0.2]}]}}"#, true),
    (#"{"drop": {"oneOf": [{"weight": 2, "value": {"oneOf": [0.1, 0.3]}}, 0.2]}}"#, true),
    (#"{"drop": {"oneOf": []}}"#, false), (#"{"drop": {"oneOf": [{"weight": 0, "value": 0.1}]}}"#, false),
    (#"{"drop": {"oneOf": [{"weight": 1}]}}"#, false), (#"{"drop": {"oneOf": [0.1, "1m"]}}"#, false),
    (#"{"drop": 1}"#, false), (#"{"drop": "1"}"#, false), (#"{"drop": 0.1, "lag": 60}"#, false),
    (#"{"drop": {"between": [0.1]}}"#, false), (#"{"drop": {"between": [0.1, 1.5]}}"#, false),
    (#"{"drop": {"low": 0.03, "high": 0.25}}"#, false), (#"{"drop": {"normal": {"mean": 0.1, "sd": 0}}}"#, false),
    (#"{"drop": {"normal": {"mean": 0.1, "sd": 1}, "between": [0, 1]}}"#, false),
    (#"{"drop": {"uniform": [0.1, 0.2]}}"#, false), (#"{"drop": 0.1, "lag": {"between": [120, 3600]}}"#, false),
    (#"{"drop": 0.1, "lag": "1h2m"}"#, true), (#"{"drop": 0.1, "lag": {"between": ["1m30s", "1h2m"]}}"#, true),
    (#"{"drop": 0.1, "lag": "2m1h"}"#, false), (#"{"drop": 0.1, "lag": "1.5h2m"}"#, false),
    (#"{"drop": 0.1, "lag": "1h2"}"#, false),
  ]

  @Test(
    "Python's jsonschema takes the schema, and takes and refuses documents as the form does",
    .enabled(if: (try? python("import jsonschema", "")) != nil, "no python3 with jsonschema"))
  func schema() throws {
    let script = """
      import sys, json, jsonschema
      lines = open(sys.argv[1]).read().splitlines()
      schema = json.loads(lines[0])
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      print(' '.join(str(validator.is_valid(json.loads(line))).lower() for line in lines[1:]))
      """
    let schema = Toy.form.documentSchema("toy", title: "Toy").text
    let input = ([schema] + Self.judged.map(\.text)).joined(separator: "\n")
    let verdicts = try python(script, input).split(whereSeparator: \.isWhitespace)
    #expect(verdicts.count == Self.judged.count)
    for (document, verdict) in zip(Self.judged, verdicts) {
      #expect((verdict == "true") == document.isGood, "jsonschema on \(document.text)")
      #expect(((try? Self.read(document.text)) != nil) == document.isGood, "the form on \(document.text)")
    }
  }
}

/// What a Python script prints, given a file with some text as its argument; throws when it fails.
private func python(_ script: String, _ text: String) throws -> String {
  struct Failure: Error {}
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("draws-\(UUID().uuidString)")
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script, file.path]
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Failure() }
  return printed
}
