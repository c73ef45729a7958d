import Documents
import Foundation
import Testing
import Training

@Suite("The schemas in the repository")
struct SchemaTests {
  @Test("each is what the program prints now; `make schema` writes them again", arguments: DocumentKind.allCases)
  func isFresh(_ kind: DocumentKind) throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = repository.appendingPathComponent("scenarios/schema/\(kind.rawValue).json")
    let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(committed == JSONWriter.write(kind.schema, indented: true))
  }
}
