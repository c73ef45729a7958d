import Documents
import Testing

/// What a form says of the values of a document.
struct DocumentValueTests {
  /// Seen to fail with values told as they stand, without the fields that they belong to.
  @Test("values are told as they were written, in the order of the document, each with its field's unit")
  func values() throws {
    let text =
      #"{"lag": "2m", "weights": {"B": 0.250, "A": 1}, "shape": {"model": "line", "to": 2, "from": 1e0}, "more": [1, {"x": true}], "annualVolatility": 3e-1}"#
    let root = try DocumentParser.parse(Array(text.utf8), file: "toy.json").root
    let told = Toy.form.values(of: root).map { "\($0.pointer) \($0.text) \($0.unit)" }
    #expect(
      told == [
        "/lag 2m ", "/weights/B 0.250 fraction", "/weights/A 1 fraction", "/shape/model line ", "/shape/to 2 ",
        "/shape/from 1e0 ", "/more/0 1 ", "/more/1/x true ", "/annualVolatility 3e-1 1/√year",
      ])
  }
}
