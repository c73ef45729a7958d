import Foundation
import Lab
import Testing

@Suite("docs/results-store.md")
struct ResultsStoreDocumentTests {
  @Test("it has a row for each column of the outcomes, in their order")
  func columns() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: repository.appendingPathComponent("docs/results-store.md"), encoding: .utf8)
    let rows = StoredColumn.outcomes.map { column in
      "| `\(column.name)` | \(column.type == .integer ? "integer" : "real") | \(column.unit) | \(column.description) |"
    }
    #expect(text.contains(rows.joined(separator: "\n")), "the rows are now:\n\(rows.joined(separator: "\n"))")
  }
}
