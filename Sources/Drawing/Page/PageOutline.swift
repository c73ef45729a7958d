/// The headings of a page in its order, for the contents list, and the anchors that are taken.
package struct PageOutline: Sendable {
  /// The headings of the contents list in the page's order; level 2 and 3.
  package private(set) var headings: [Heading] = []
  private var anchors = Anchors()

  /// A heading with its anchor.
  package struct Heading: Sendable {
    let level: Int
    let text: String
    let anchor: String
  }

  /// No headings yet.
  package init() {}

  /// The outline of another page in the same folder: no heading yet, and no anchor that this one has, since charts’ files
  /// lie side by side under them.
  package var ofNextPage: PageOutline {
    var next = PageOutline()
    next.anchors = anchors
    return next
  }

  /// A heading that the contents list names.
  ///
  /// - Parameter words: what the anchor is made of; without any, the text.
  package mutating func heading(_ level: Int, _ text: String, words: [String] = []) -> Markup {
    let anchor = anchor(words.isEmpty ? [text] : words)
    headings.append(Heading(level: level, text: text, anchor: anchor))
    return Markup("h\(level)", ["id": anchor], text: text)
  }

  /// An anchor of the page that no other part of it has.
  package mutating func anchor(_ words: [String]) -> String { anchors.make(words.joined(separator: " ")) }
}
