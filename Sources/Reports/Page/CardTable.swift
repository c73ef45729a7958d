import Drawing

/// A table whose rows fold to cards where the page is narrow: each cell then stands behind the heading of its column.
struct CardTable: Sendable {
  let caption: String?
  /// One for each column.
  let head: [String]
  /// What the cells of a card are called, where the headings are too long for that.
  let labels: [String]
  let rows: [Row]
  /// Whether they do: a table of few short columns stays one.
  let folds: Bool

  /// A row: what names it, and a cell for each further column.
  struct Row: Sendable {
    let name: Markup
    let cells: [[Markup]]

    /// A row named by a heading of its own, made by `heading`.
    init(_ name: Markup, _ cells: [[Markup]]) {
      self.name = name
      self.cells = cells
    }

    /// A row of texts.
    init(_ name: String, _ cells: [String]) { self.init(Row.heading([.text(name)]), cells.map { [.text($0)] }) }

    /// What names a row.
    ///
    /// - Parameter isLong: whether it breaks anywhere and gets room.
    static func heading(_ content: [Markup], isLong: Bool = false) -> Markup {
      let heading = Markup("th", ["scope": "row"], content)
      return isLong ? heading.with("class", "long") : heading
    }
  }

  /// A table.
  init(caption: String? = nil, head: [String], labels: [String]? = nil, rows: [Row], folds: Bool = true) {
    self.caption = caption
    self.head = head
    self.labels = labels ?? head
    self.rows = rows
    self.folds = folds
  }

  /// A table of texts; the first of a row names it.
  init(caption: String, head: [String], rows: [[String]], folds: Bool = true) {
    self.init(
      caption: caption, head: head, rows: rows.map { Row($0.first ?? "", Array($0.dropFirst())) }, folds: folds)
  }

  /// The table.
  var markup: Markup {
    let columns = head.map { Markup("th", ["scope": "col"], text: $0) }
    let body = rows.map { row in
      Markup(
        "tr", [:],
        [row.name]
          + zip(labels.dropFirst(), row.cells).map { Markup("td", ["data-label": $0], $1) })
    }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": folds ? "cards" : "data"],
          (caption.map { [Markup("caption", text: $0)] } ?? []) + [
            Markup("thead", [:], [Markup("tr", [:], columns)]),
            Markup("tbody", [:], body),
          ])
      ])
  }
}
