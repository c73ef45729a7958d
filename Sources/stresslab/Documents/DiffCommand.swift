import ArgumentParser
import Documents
import Lab
import Training

/// `stresslab diff`: what one document says otherwise than another, in words.
struct DiffCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says in words what one scenario, study, training or search says otherwise than another.",
    discussion: """
      Both are read with what they extend and with the defaults of what they leave out: order, spaces and notation make no \
      difference. Exit code 0, whether they differ or not.
      """)

  @Argument(help: "The document that is compared with.", completion: .file(extensions: ["json"]))
  var first: String

  @Argument(help: "The document that differs from it.", completion: .file(extensions: ["json"]))
  var second: String

  @Flag(help: "Print the differences as JSON.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let contents = try StandardInput.contents(for: [first, second])
    let one = try DocumentKind.values(first, repository: Program.repository, contents: contents)
    let other = try DocumentKind.values(second, repository: Program.repository, contents: contents)
    guard one.kind == other.kind else {
      throw Refusal("\(first) is a \(one.kind.rawValue), \(second) a \(other.kind.rawValue): they cannot be compared")
    }
    let differences = DocumentDifference.all(one.values, other.values)
    if json {
      let list = differences.map { difference -> JSONValue in
        .object([
          JSONMember("path", .string(difference.keys.map { "/" + JSONPointer.escape($0) }.joined())),
          JSONMember("first", difference.first.map { .string($0) } ?? .null),
          JSONMember("second", difference.second.map { .string($0) } ?? .null),
        ])
      }
      return try Output.write(JSONWriter.write(.array(list), indented: true))
    }
    let lines = differences.map { PrintableText.escaped($0.text) }
    try Output.write(lines.isEmpty ? "They say the same." : lines.joined(separator: "\n"))
  }
}
