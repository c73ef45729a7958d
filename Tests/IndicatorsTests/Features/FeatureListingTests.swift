import Foundation
import Indicators
import Testing

struct FeatureListingTests {
  private static let text = FeatureListing.text

  @Test("docs/features.md has the listing as it is; `stresslab list indicators` prints it")
  func docs() throws {
    let path = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent().path + "/docs/features.md"
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.hasSuffix("```text\n\(Self.text)```\n"))
  }

  @Test("it has what each indicator is, takes, gives, reads and looks back", arguments: IndicatorCatalogue.entries)
  func entries(_ entry: IndicatorEntry) {
    let form = entry.form
    #expect(Self.text.contains("\n\(form.name): \(form.summary)\n"))
    let block = Self.text.components(separatedBy: "\n\n").first { $0.hasPrefix("\(form.name): ") } ?? ""
    for parameter in form.parameters {
      let line = block.split(separator: "\n").first { $0.hasPrefix("  \(parameter.name) ") } ?? ""
      #expect(line.contains(parameter.range) && line.hasSuffix(parameter.summary), "\(line)")
      #expect(line.contains(" default \(parameter.text(parameter.standard)) "), "\(line)")
    }
    #expect(block.hasSuffix("look-back \(form.lookBack(form.standard))"), "\(block)")
  }

  @Test("lines have at most 120 characters, so that a terminal shows them")
  func width() {
    for line in Self.text.split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
  }
}
