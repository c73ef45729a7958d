import Foundation

/// Figures made by other people's software; the file says by which call.
enum Fixture {
  /// Reads `fixtures/statistics/NAME.json`.
  static func load<Document: Decodable>(_ name: String, as type: Document.Type) throws -> Document {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "fixtures/statistics/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// Whether two numbers agree to `relative`, or to that absolutely under 10⁻³⁰⁰.
func agree(_ ours: Double?, _ theirs: Double?, to relative: Double = 1e-10) -> Bool {
  guard let ours, let theirs else { return ours == nil && theirs == nil }
  return abs(ours - theirs) <= relative * max(abs(theirs), 1e-300)
}
