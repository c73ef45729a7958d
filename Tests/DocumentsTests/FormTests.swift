import Documents
import Testing

/// A form with every kind of thing in it, as other modules declare theirs.
struct Toy: Sendable {
  let annualDrift: Double
  let annualVolatility: Double
  let lag: Double
  let steps: Int
  let weights: Named<Double>
  let shape: any Shape
  let note: String?

  static let form = Form(
    Field("annualDrift", .number(.perYear, in: .between(-5, 5)), default: 0, "drift of the price"),
    Field("annualVolatility", .number(.perSquareRootYear, in: .above(0)), "close-to-close volatility"),
    Field("lag", .duration, default: 60, "delay"),
    Field("steps", .integer(in: 1...100), default: 10, "number of steps"),
    Field("weights", .named(.number(.fraction, in: .between(0, 1)), names: .of("asset")), "weights of assets"),
    Field("shape", .model(shapes), "form of the fall"),
    Field("note", .optional(.string), "remark"),
    make: Toy.init)

  static let shapes = Catalogue<any Shape>(
    "shapes",
    .entry("point", Point.form, "no extent") { $0 },
    .entry("line", Line.form, "from one end to the other") { $0 })
}

protocol Shape: Sendable {}
struct Point: Shape {
  static let form = Form(make: Point.init)
}
struct Line: Shape {
  let from: Double
  let to: Double
  static let form = Form(
    Field("from", .number(), "start"), Field("to", .number(), "end"),
    make: { (from, to) throws(FormViolation) in
      guard from < to else { throw FormViolation("to", "\(JSONWriter.number(to)) must lie after from") }
      return Line(from: from, to: to)
    })
}

/// Reads text by a form; the names of assets are A and B.
func read<Value>(_ form: Form<Value>, _ text: String, file: String = "toy.json") throws(Problems) -> Value {
  let document = try DocumentLoader { _ in nil }.load([UInt8](text.utf8), file: file)
  return try form.read(document) { $0.declare("asset", ["A", "B"]) }
}

struct FormTests {
  @Test("a form reads its fields, defaults and models")
  func reads() throws {
    let toy = try read(
      Toy.form,
      #"{"annualVolatility": 0.3, "lag": "2m", "weights": {"B": 0.25, "A": 1}, "shape": {"model": "line", "from": 1, "to": 2}}"#
    )
    #expect(toy.annualDrift == 0)
    #expect(toy.annualVolatility == 0.3)
    #expect(toy.lag == 120)
    #expect(toy.steps == 10)
    #expect(toy.weights.names == ["A", "B"])
    #expect(toy.weights.values == [1, 0.25])
    #expect((toy.shape as? Line)?.to == 2)
    #expect(toy.note == nil)
  }

  @Test("all problems of a document come at once, sorted by position, with the nearest names")
  func problems() {
    let text = """
      {
        "$schema": "schema/toy.json",
        "anualDrift": 1,
        "annualVolatility": 0,
        "lag": 5,
        "steps": 1.5,
        "weights": {"A": 1.4, "C": 0.1},
        "steps": 1,
        "shape": {"model": "lin"}
      }
      """
    let expected = """
      toy.json:3:3: /anualDrift: unknown key "anualDrift"; did you mean "annualDrift"?
      toy.json:4:23: /annualVolatility: 0 is not above 0 (1/√year)
      toy.json:5:10: /lag: expected a duration such as "20s", "6m", "13h30m" or "252d", found the number 5
      toy.json:6:12: /steps: expected a whole number, found the number 1.5
      toy.json:7:20: /weights/A: 1.4 is outside 0…1 (fraction)
      toy.json:7:25: /weights/C: no asset named "C"; known: A, B
      toy.json:8:3: /steps: duplicate key "steps", first on line 6
      toy.json:9:22: /shape/model: unknown model "lin"; did you mean "line"?
      """
    #expect(complaints(Toy.form, text) == expected)
  }

  /// Toys with one thing wrong: what replaces a good toy's member, and the message.
  @Test(
    "each mistake has its exact message",
    arguments: [
      ("annualDrift", "null", "expected a number, found null; leave the key out instead"),
      ("annualDrift", "\"0.1\"", "expected a number, found the string \"0.1\""),
      ("annualDrift", "[1]", "expected a number, found an array"),
      ("annualDrift", "{}", "expected a number, found an object"),
      ("annualDrift", "true", "expected a number, found true"),
      ("annualDrift", "5.01", "5.01 is outside -5…5 (1/year)"),
      ("annualVolatility", "-1e-3", "-1e-3 is not above 0 (1/√year)"),
      ("lag", "\"5\"", "expected a duration such as \"20s\", \"6m\", \"13h30m\" or \"252d\", found the string \"5\""),
      (
        "lag", "\"5 min\"",
        "expected a duration such as \"20s\", \"6m\", \"13h30m\" or \"252d\", found the string \"5 min\""
      ),
      ("lag", "\"-5m\"", "-5m is not at least 0s"),
      ("steps", "0", "0 is outside 1…100"),
      ("steps", "1e30", "expected a whole number, found the number 1e30"),
      ("steps", "\"7\"", "expected a whole number, found the string \"7\""),
      ("weights", "[]", "expected an object, found an array"),
      ("shape", "\"line\"", "expected an object with a \"model\", found the string \"line\""),
      ("shape", "{}", "\"model\" is missing; one of: point, line"),
      ("shape", "{\"model\": 1}", "expected the name of a model, found the number 1"),
      ("shape", "{\"model\": \"point\", \"x\": 1}", "unknown key \"x\"; known: model"),
      ("shape", "{\"model\": \"line\", \"from\": 1}", "\"to\" is missing: end"),
      ("shape", "{\"model\": \"line\", \"from\": 1, \"to\": 0}", "0 must lie after from"),
      ("note", "\"\"", "an empty string stands for nothing"),
      ("note", "7", "expected a string, found the number 7"),
    ])
  func message(key: String, value: String, message: String) throws {
    let good = ["annualVolatility": "0.3", "weights": "{}", "shape": "{\"model\": \"point\"}"]
    let members = good.merging([key: value]) { $1 }.map { "\"\($0)\": \($1)" }.sorted()
    do throws(Problems) {
      _ = try read(Toy.form, "{\(members.joined(separator: ", "))}")
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.all.map(\.message) == [message])
    }
  }

  @Test("a document that is no object is refused as a whole")
  func noObject() {
    #expect(complaints(Toy.form, "[]") == "toy.json:1:1: expected an object, found an array")
  }

  @Test("a mistake inside a nested object is told at its place, and what is absent at the object")
  func nested() {
    let outer = Form(
      Field("inner", .form(Line.form), "a nested line"), Field("others", .named(form: Line.form), "lines by name"),
      Field("list", .list(.number(in: .atLeast(0)), count: 2...2), default: [], "two numbers"),
      make: { inner, others, list in [inner] + others.values })
    #expect(
      complaints(
        outer, #"{"inner": {"from": 2, "to": 1}, "others": {"a/b": {"from": 0, "to": 1}, "c": {}}, "list": [1, -1]}"#)
          == """
          toy.json:1:29: /inner/to: 1 must lie after from
          toy.json:1:44: /others/a~1b: a name must not contain slashes or control characters
          toy.json:1:78: /others/c: "from" is missing: start
          toy.json:1:78: /others/c: "to" is missing: end
          toy.json:1:95: /list/1: -1 is not at least 0
          """)
    #expect(
      complaints(outer, #"{"inner": {"from": 0, "to": 1}, "others": {}, "list": [1]}"#)
        == "toy.json:1:55: /list: expected 2 elements, found 1")
  }

  @Test("an alternative notation is chosen by the type of JSON")
  func either() throws {
    let kind = FieldKind<Double>.either(
      "a number or a list of numbers",
      [(.number, .number()), (.array, .made(from: .list(.number())) { $0.reduce(0, +) })])
    let form = Form(Field("x", kind, "sum"), make: { $0 })
    #expect(try read(form, #"{"x": 3}"#) == 3)
    #expect(try read(form, #"{"x": [1, 2.5]}"#) == 3.5)
    #expect(
      complaints(form, #"{"x": "3"}"#)
        == "toy.json:1:7: /x: expected a number or a list of numbers, found the string \"3\"")
  }

  @Test("a nested object of defaults may be left out, and the words of an enumeration are known")
  func defaults() throws {
    enum Side: String, CaseIterable, Sendable { case left, right }
    let inner = Form(Field("a", .number(), default: 7, "a"), make: { $0 })
    let form = Form(
      Field("inner", .formOrDefaults(inner), "inner"), Field("side", .word(Side.self), default: .left, "side"),
      make: { ($0, $1) })
    #expect(try read(form, "{}") == (7, .left))
    #expect(try read(form, #"{"inner": {"a": 1}, "side": "right"}"#) == (1, .right))
    #expect(
      complaints(form, #"{"side": "rihgt"}"#)
        == "toy.json:1:10: /side: unknown value \"rihgt\"; did you mean \"right\"?")
  }

  @Test("durations are numbers with units, and a day is what the calendar says")
  func durations() {
    let cases: [(String, Double?)] = [
      ("20s", 20), ("6m", 360), ("13h", 46_800), ("252d", 252 * 23_400), ("1.5h", 5400), ("500ms", 0.5), ("0s", 0),
      ("-1m", -60), ("", nil), ("s", nil), ("1", nil), ("1 s", nil), ("1S", nil), ("1.s", nil), (".5s", nil),
      ("1e3s", nil), ("13h30m", 48_600), ("1d30m", 25_200), ("1m500ms", 60.5), ("1h1.5s", 3601.5), ("-1h30m", -5400),
      ("1d1h1m1s1ms", 23_400 + 3661.001), ("30m13h", nil), ("1h1h", nil), ("1.5h30m", nil), ("13h30", nil),
      ("13h 30m", nil), ("13h-30m", nil), ("h30m", nil),
      ("--1s", nil), ("1-s", nil), ("1w", nil), ("٣s", nil), ("1.2.3s", nil),
    ]
    for (text, seconds) in cases {
      #expect(TradingTime.seconds(text, secondsPerDay: 23_400) == seconds, "\(text)")
      if let seconds { #expect(TradingTime.seconds(TradingTime.text(seconds: seconds), secondsPerDay: 1) == seconds) }
    }
  }

  @Test("the listing has a line for each field, in columns")
  func listing() {
    #expect(
      FieldDescription.table(Toy.form.fields).joined(separator: "\n") == """
        annualDrift       number          1/year    -5…5         default 0     drift of the price
        annualVolatility  number          1/√year   above 0      required      close-to-close volatility
        lag               duration                  at least 0s  default "1m"  delay
        steps             integer                   1…100        default 10    number of steps
        weights           number by name  fraction  0…1          required      weights of assets
        shape             one of shapes                          required      form of the fall
        note              text                                   optional      remark
        """)
    #expect(Toy.shapes.description.text.contains("line: from one end to the other\n  from  number  required  start"))
  }
}

/// What is wrong with a text by a form, one a line; empty when nothing is.
func complaints<Value>(_ form: Form<Value>, _ text: String) -> String {
  do throws(Problems) {
    _ = try read(form, text)
    return ""
  } catch {
    return error.description
  }
}
