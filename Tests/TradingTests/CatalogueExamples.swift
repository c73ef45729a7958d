import Documents
import Testing

/// A model of each entry of a catalogue, made from the listing of its fields alone: so that what is tested for all of them
/// is tested for a new one unasked.
struct CatalogueExamples<Model: Sendable> {
  /// A model with the tag that names it.
  struct Example: Sendable, CustomTestStringConvertible {
    let tag: String
    let model: Model

    var testDescription: String { tag }
  }

  /// What a required field may take; the first that the form accepts is taken. Small numbers come first, so that bounds
  /// bind and levels are touched.
  private static var candidates: [String] { ["0.02", "1", "2", "\"5 steps\"", "true", "\"A\""] }

  /// An example of every entry.
  ///
  /// - Parameter written: documents of entries for which none can be made up, by tag; `{…}` without its `model`.
  /// - Throws: where no document can be made up and none is given.
  static func all(of catalogue: Catalogue<Model>, written: [String: String] = [:]) throws -> [Example] {
    try catalogue.entries.map { entry in
      if let members = written[entry.name] {
        return Example(tag: entry.name, model: try #require(model(entry.name, members, catalogue)))
      }
      let required = entry.fields.filter(\.isRequired).map(\.name)
      // Half-lives and cool-downs are short, so that something happens in a short test.
      let spans = entry.fields.filter { !$0.isRequired && $0.type.unit == "trading time or steps" }
      let short = spans.enumerated().map { "\"\($1.name)\": \"\($0 + 2) steps\"" }
      var rest: [[String]] = [[]]
      for name in required { rest = rest.flatMap { head in candidates.map { head + ["\"\(name)\": \($0)"] } } }
      let made = rest.lazy.compactMap { model(entry.name, ($0 + short).joined(separator: ", "), catalogue) }.first
      return Example(
        tag: entry.name,
        model: try #require(made, "no document of \(entry.name) can be made up: write one where this is called"))
    }
  }

  private static func model(_ tag: String, _ members: String, _ catalogue: Catalogue<Model>) -> Model? {
    let text = "{ \"model\": \"\(tag)\"\(members.isEmpty ? "" : ", " + members) }"
    guard let (root, problems) = try? DocumentParser.parse(Array(text.utf8), file: tag), problems.isEmpty else {
      return nil
    }
    let reading = Reading()
    let model = catalogue.value(of: root, reading)
    return reading.problems.isEmpty ? model : nil
  }
}
