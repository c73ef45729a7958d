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
      guard from < to else { throw FormViolation("to", "\(to) must lie after from") }
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
        "anualDrift": 1,
        "annualVolatility": 0,
        "lag": 5,
        "steps": 1.5,
        "weights": {"A": 1.4, "C": 0.1},
        "shape": {"model": "lin"}
      }
      """
    #expect(throws: Problems.self) { try read(Toy.form, text) }
    do {
      _ = try read(Toy.form, text)
    } catch {
      print(error)
      print(Toy.shapes.description.text)
      print(FieldDescription.table(Toy.form.fields).joined(separator: "\n"))
      print(JSONWriter.write(Toy.form.documentSchema("toy", title: "Toy"), indented: true))
    }
  }
}
