/// The tags of `If-Match` and `If-None-Match` (RFC 9110, 8.8.3 and 13.1).
struct EntityTags {
  private let text: String

  init(_ text: String) { self.text = text }

  /// Whether a tag, with its quotes, is among them, or any is meant.
  func contain(_ tag: String) -> Bool {
    text.split(separator: ",").contains { part in
      let known = part.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
      let word = String(known)
      return word == "*" || word == tag || word == "W/\(tag)"
    }
  }
}
