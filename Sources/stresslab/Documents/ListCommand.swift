import ArgumentParser
import Documents
import Lab

/// `stresslab list`: what documents can say and name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what can be written in a document, with units, ranges and defaults.",
    discussion: """
      Without a kind it says which kinds there are; with a name it tells of that one alone.

        stresslab list
        stresslab list events
        stresslab list indicators MACD
      """)

  @Argument(
    help: "What to list; left out: the kinds.", completion: .list(Listing.all.map(\.name)))
  var kind: String?

  @Argument(help: "One of the kind.")
  var name: String?

  mutating func run() throws {
    guard let kind else {
      let width = Listing.all.map(\.name.count).max() ?? 0
      let lines = Listing.all.map { listing in
        listing.name + String(repeating: " ", count: width - listing.name.count + 2) + listing.summary
      }
      return try Output.write(lines.joined(separator: "\n"))
    }
    guard let listing = Listing.all.first(where: { $0.name == kind }) else {
      throw Refusal("there is no list of \(quoted(kind))\(Suggestion.hint(for: kind, among: Listing.all.map(\.name)))")
    }
    let contents = listing.contents()
    guard let name else { return try Output.write(contents.text) }
    guard let entry = contents.entries.first(where: { $0.name == name }) else {
      let hint = Suggestion.hint(for: name, among: contents.entries.map(\.name))
      throw Refusal("no \(quoted(name)) in the list of \(kind)\(hint)")
    }
    try Output.write(entry.text)
  }
}
