import Documents
import Drawing

/// A table of which each row becomes a card where there is no room for columns.
struct CardRows: Sendable {
  /// What it is, over it.
  let caption: String
  /// What each column is.
  let head: [String]
  /// Rows of cells; the first names the row.
  let rows: [[[Markup]]]
  /// Whether cells are words rather than figures.
  var areWords = true

  var markup: Markup {
    Markup(
      "table", ["class": areWords ? "cards words" : "cards"],
      [
        Markup("caption", text: caption),
        Markup("thead", [:], [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0) })]),
        Markup("tbody", [:], rows.map(row)),
      ])
  }

  private func row(_ cells: [[Markup]]) -> Markup {
    Markup(
      "tr", [:],
      [Markup("th", ["scope": "row"], cells[0])]
        + zip(head, cells).dropFirst().map { Markup("td", ["data-label": $0], $1) })
  }
}

extension CardRows {
  /// A table of texts.
  init(_ caption: String, head: [String], texts: [[String]], areWords: Bool = true) {
    self.init(
      caption: caption, head: head, rows: texts.map { $0.map { [.text(PrintableText.escaped($0))] } },
      areWords: areWords)
  }
}

extension Markup {
  /// A line in the manner of notes; what stands between backticks is code.
  static func note(_ text: String) -> Markup { Markup("p", ["class": "note"], prose(text)) }

  /// Text, what stands between backticks as code.
  static func prose(_ text: String) -> [Markup] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 1 ? Markup("code", text: String(part)) : .text(String(part))
    }
  }

  /// Facts by their names.
  static func facts(_ facts: [(String, String)]) -> Markup {
    Markup("dl", [:], facts.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: PrintableText.escaped($0.1))] })
  }

  /// A link.
  static func link(_ text: String, to address: String) -> Markup {
    Markup("a", ["href": address], text: PrintableText.escaped(text))
  }

  /// A word in a frame.
  static func badge(_ word: String, _ state: String = "") -> Markup {
    Markup("span", ["class": state.isEmpty ? "badge" : "badge \(state)"], text: PrintableText.escaped(word))
  }

  /// What is folded until somebody opens it.
  static func folded(_ summary: String, _ content: [Markup]) -> Markup {
    Markup("details", [:], [Markup("summary", text: summary)] + content)
  }
}

extension Markup {
  /// A chart with its finding and its numbers, drawn by the rules of the reports.
  ///
  /// - Parameter number: its place in the page.
  static func figure(_ chart: any Chart, id: String, number: Int, isWide: Bool = false) -> Markup {
    // Written by ourselves, and escaped as it was.
    .verbatim(
      Figure(id: id, number: number, chart: chart, isWide: isWide, hasFile: false).drawn(inPage: true).page ?? "")
  }
}
