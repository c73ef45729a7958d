import ArgumentParser
import Documents
import Foundation
import Lab
import Training

/// `stresslab new`: writes a scenario to begin with, from the template or from another scenario.
struct NewCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes a scenario to begin with into a file.",
    discussion: """
      Without --from it is the template, which says everything itself. From another scenario it extends that: write into it \
      what is to be different, name by name, and null for what is to go.

        stresslab new mine.json
        stresslab new worse.json --from scenarios/flash-crash.json
        stresslab diff scenarios/flash-crash.json worse.json
      """)

  @Argument(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["json"]))
  var file: String

  @Option(
    help: ArgumentHelp("The scenario to begin with; a shipped one by its name.", valueName: "scenario"),
    completion: .file(extensions: ["json"]))
  var from: String?

  @Option(help: "The title; without it that of the scenario to begin with, “mine” behind it.")
  var title: String?

  @Flag(help: "Replace the file if it exists.")
  var overwrite = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let target = FileReplacement(file, option: "the file")
    try target.check(overwrite: overwrite)
    let text = try from.map { try extending($0) } ?? DocumentKind.scenario.template
    var failure: Error?
    do { try target.write { give in _ = give(Array(text.utf8)) } } catch { failure = error }
    if let failure { throw failure }
    try Output.write("\(PrintableText.escaped(file)): written; stresslab run \(PrintableText.escaped(file)) runs it")
  }

  /// A document that extends a scenario and says nothing else but its title.
  private func extending(_ name: String) throws -> String {
    let path = Self.path(name)
    let base = try ScenarioFile(reading: path)
    let link = Self.relative(path, from: URL(fileURLWithPath: file).deletingLastPathComponent().path)
    let members = [
      JSONMember("stresslab", "scenario/1"), JSONMember("extends", .string(link)),
      JSONMember("title", .string(title ?? "\(base.title), mine")),
    ]
    return JSONWriter.write(.object(members), indented: true) + "\n"
  }

  /// A file as it was given, or a shipped scenario of that name.
  private static func path(_ name: String) -> String {
    guard !FileManager.default.fileExists(atPath: name) else { return name }
    let shipped = "\(Program.scenarioFolder)/\(name)\(name.hasSuffix(".json") ? "" : ".json")"
    return FileManager.default.fileExists(atPath: shipped) ? shipped : name
  }

  /// The way from a folder to a file.
  private static func relative(_ path: String, from folder: String) -> String {
    let target = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    let start = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
    let shared = zip(target, start).prefix { $0 == $1 }.count
    let way = Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared)
    return way.count == 1 ? "./\(way[0])" : way.joined(separator: "/")
  }
}
