import Documents
import Testing

struct JSONSchemaTests {
  /// Documents, and whether the schema of toys takes them; what it refuses, the form refuses too.
  static let documents: [(text: String, isGood: Bool)] = [
    (#"{"annualVolatility": 0.3, "weights": {"A": 0.5}, "shape": {"model": "point"}}"#, true),
    (
      #"{"$schema": "x", "annualVolatility": 1, "annualDrift": -5, "lag": "1.5h", "steps": 100, "weights": {}, "note": "n", "shape": {"model": "line", "from": 1, "to": 2}}"#,
      true
    ),
    (#"{"extends": "other.json", "weights": {"A": 0.5}}"#, true),
    (#"{"annualVolatility": 0, "weights": {}, "shape": {"model": "point"}}"#, false),
    (#"{"annualVolatility": 1, "weights": {"A": 1.1}, "shape": {"model": "point"}}"#, false),
    (#"{"annualVolatility": 1, "weights": {"A/B": 1}, "shape": {"model": "point"}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "pint"}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "line", "from": 1}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point", "from": 1}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "lag": "5 min"}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "lag": 5}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "steps": 1.5}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "steps": 101}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "note": ""}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "other": 1}"#, false),
    (#"{"extends": "other.json", "other": 1}"#, false),
    (#"{"extends": "other.json"}"#, true),
    (#"{"extends": "other.json", "lag": "1h2m3.5s"}"#, true),
    (#"{"extends": "other.json", "lag": "2m1h"}"#, false),
    (#"{"extends": "other.json", "annualVolatility": 0}"#, false),
    (#"{"extends": "other.json", "weights": {"A": 2}}"#, false),
    (#"{"extends": "other.json", "shape": {"from": 1}}"#, true),
    (#"{"extends": "other.json", "shape": {"model": "line", "from": 1}}"#, true),
    (#"{"extends": "other.json", "shape": {"model": "point", "from": 1}}"#, false),
    (#"{"extends": "other.json", "shape": {"form": 1}}"#, false),
    (#"{"extends": "other.json", "shape": {"extends": "shape.json", "to": 1}}"#, true),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"extends": "shape.json", "to": 1}}"#, true),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"extends": "shape.json", "too": 1}}"#, false),
    (#"{"annualVolatility": 1, "weights": {}, "shape": {"model": "point"}, "lag": "1h2m"}"#, true),
    ("[]", false),
  ]

  @Test(
    "Python's jsonschema takes the schema, and takes and refuses documents as the form does",
    .enabled(if: Python.has("jsonschema"), "no python3 with jsonschema"))
  func agreesWithPython() throws {
    let schema = Toy.form.documentSchema("toy", title: "Toy")
    let script = """
      import sys, json, jsonschema
      lines = sys.stdin.read().splitlines()
      schema = json.loads(lines[0])
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      print(' '.join(str(validator.is_valid(json.loads(line))).lower() for line in lines[1:]))
      """
    let input = ([schema.text] + Self.documents.map(\.text)).joined(separator: "\n")
    let verdicts = try Python.run(script, input: [UInt8](input.utf8)).split(whereSeparator: \.isWhitespace)
    #expect(verdicts.count == Self.documents.count)
    for (document, verdict) in zip(Self.documents, verdicts) {
      #expect((verdict == "true") == document.isGood, "\(document.text)")
      if !document.text.contains("extends") {
        #expect(complaints(Toy.form, document.text).isEmpty == document.isGood, "\(document.text)")
      }
    }
  }

  @Test("the schema is the same text each time, and carries meaning, units, ranges and defaults")
  func text() {
    let schema = Toy.form.documentSchema("toy", title: "Toy")
    #expect(schema.text == Toy.form.documentSchema("toy", title: "Toy").text)
    #expect(
      schema["$defs"]?["toy"]?["properties"]?["annualDrift"]?.text
        == #"{"type":"number","minimum":-5,"maximum":5,"description":"drift of the price (1/year)","default":0}"#)
    #expect(schema["$defs"]?["shapes.line"]?["required"]?.text == #"["model","from","to"]"#)
  }
}
