import Foundation
import Markets
import Testing

/// The pages that tell of events, against the catalogue.
@Suite("Events in the documentation")
struct EventDocumentationTests {
  private static func page(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("docs/\(name).md"), encoding: .utf8)
  }

  private static let kinds = MarketEvents.catalogue.entries.map(\.name)

  @Test("every kind has a section of its own in events.md", arguments: kinds)
  func sections(_ kind: String) throws {
    let page = try Self.page("events")
    #expect(page.contains(try Regex("(?m)^(- )?\\*\\*`\(kind)`\\*\\*")), "\(kind)")
  }

  @Test("every kind is explained in scenario-language.md", arguments: kinds)
  func language(_ kind: String) throws { #expect(try Self.page("scenario-language").contains("`\(kind)`")) }

  @Test("the table of wishes of writing-a-stress.md leads to every kind, and to nothing else")
  func wishes() throws {
    let page = try Self.page("writing-a-stress")
    let table = page.split(separator: "\n\n").first { $0.hasPrefix("| the wish |") } ?? ""
    let named = table.split(separator: "\n").dropFirst(2).flatMap { row in
      row.split(separator: "|")[1].matches(of: /`([A-Za-z]+)`/).map { String($0.1) }
    }
    #expect(Set(named).subtracting(["rise", "climb"]) == Set(Self.kinds))
  }
}
