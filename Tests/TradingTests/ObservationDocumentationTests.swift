import Agents
import Documents
import Foundation
import Testing

/// The page of observations, against the catalogue.
@Suite("Observations in the documentation")
struct ObservationDocumentationTests {
  private static func page(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("docs/\(name).md"), encoding: .utf8)
  }

  /// The rows of the table, cell by cell.
  private static func rows() throws -> [[String]] {
    let table = try page("observations").split(separator: "\n\n").first { $0.hasPrefix("| observation |") } ?? ""
    return table.split(separator: "\n").dropFirst(2).map { row in
      row.replacing("\\|", with: "‖").split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test("the table has a row for every observation of the catalogue, in its order, and for nothing else")
  func names() throws {
    #expect(try Self.rows().map { $0[0] } == Observations.catalogue.entries.map { "`\($0.name)`" })
  }

  /// Planted mistake: "one" where there is one for each asset.
  @Test("the table says how many numbers an observation is")
  func numbers() throws {
    let examples = try Observations.examples()
    for (row, example) in zip(try Self.rows(), examples) {
      let count = example.model.names(["A", "B"]).count
      #expect(row[1] == [1: "one", 2: "one per asset", 3: "three"][count], "\(example.tag)")
    }
  }

  @Test("the page names every kind of action")
  func actions() throws {
    let page = try Self.page("observations")
    for entry in PolicyActions.catalogue.entries { #expect(page.contains("`\(entry.name)`"), "\(entry.name)") }
  }

  @Test("what the page shows as a list can be read, and is as many numbers as it says")
  func example() throws {
    let block = try #require(try Self.page("observations").firstMatch(of: /"observations": (\[[^\]]*\])/))
    let set = try Onlooker(String(block.1)).observations
    let names = set.names(["BTC", "ETH"])
    #expect(names.count == 11 && names[2] == "return(BTC, 20)" && names.last == "drawdown")
  }
}
