import Foundation
import Lab
import Testing
import Trading

@Suite("docs/results-store.md")
struct ResultsStoreDocumentTests {
  private static let text = Result {
    try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/results-store.md"), encoding: .utf8)
  }

  /// The columns of cost terms stand in one row for each window: a new term needs no word here.
  @Test("it has a row for each column of the outcomes, in their order")
  func columns() throws {
    let terms = Dictionary(
      uniqueKeysWithValues: CostWindow.allCases.flatMap { window in
        CostTerm.allCases.map { (OutcomeColumn.cost($0, window).name, (term: $0, window: window)) }
      })
    let rows = StoredColumn.outcomes.compactMap { column -> String? in
      let kind = column.type == .integer ? "integer" : "real"
      guard let cost = terms[column.name] else {
        return "| `\(column.name)` | \(kind) | \(column.unit) | \(column.description) |"
      }
      guard cost.term == CostTerm.allCases.first else { return nil }
      let name = column.name.replacing(cost.term.name, with: "TERM")
      let side = cost.window == .calm ? "outside" : "inside"
      return "| `\(name)` | \(kind) | \(column.unit) | a term of the shortfall \(side) event windows, "
        + "for each TERM of `stresslab list costs` |"
    }
    #expect(
      try Self.text.get().contains(rows.joined(separator: "\n")), "the rows are now:\n\(rows.joined(separator: "\n"))")
  }

  @Test("it has a row for each column of the view results, in their order")
  func view() throws {
    let rows = ResultsView.columns.map { "| `\($0.name)` | \($0.summary) |" }.joined(separator: "\n")
    #expect(try Self.text.get().contains(rows), "the rows are now:\n\(rows)")
  }
}
