import Drawing

/// A table whose rows fold to cards where the page is narrow.
struct CardTable: Sendable {
  let caption: String
  /// One for each column.
  let head: [String]
  /// The first cell of a row names the row.
  let rows: [[String]]
  /// Whether they do: a table of few short columns stays one.
  var folds = true

  /// The table.
  var markup: Markup {
    let columns = head.map { Markup("th", ["scope": "col", "role": "columnheader"], text: $0) }
    let body = rows.map { row in
      Markup(
        "tr", ["role": "row"],
        [Markup("th", ["scope": "row", "role": "rowheader"], text: row[0])]
          + zip(head, row).dropFirst().map { Markup("td", ["role": "cell", "data-label": $0], text: $1) })
    }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": folds ? "cards" : "data", "role": "table"],
          [
            Markup("caption", text: caption),
            Markup("thead", ["role": "rowgroup"], [Markup("tr", ["role": "row"], columns)]),
            Markup("tbody", ["role": "rowgroup"], body),
          ])
      ])
  }
}
