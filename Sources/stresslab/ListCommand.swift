import ArgumentParser
import Lab

/// `stresslab list`: what documents can name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what can be named in a document, with parameters, units and defaults.")

  @Argument(help: "\(Listing.allCases.map(\.rawValue).joined(separator: " | "))")
  var what: Listing

  mutating func run() {
    Output.write(what.text(repository: Program.repository))
  }
}

extension Listing: ExpressibleByArgument {}
