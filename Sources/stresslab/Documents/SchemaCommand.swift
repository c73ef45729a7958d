import ArgumentParser
import Documents
import Training

/// `stresslab schema`: prints a document's JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema (2020-12) of a kind of document.")

  @Argument(help: "\(DocumentKind.allCases.map(\.rawValue).joined(separator: " | "))")
  var kind: DocumentKind

  mutating func run() throws {
    try Output.write(JSONWriter.write(kind.schema, indented: true))
  }
}

extension DocumentKind: ExpressibleByArgument {}
