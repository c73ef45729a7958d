import ArgumentParser
import Documents
import Foundation
import Lab
import Tracking

/// `stresslab agents`: the model store.
struct AgentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents", abstract: "The agents that have names and versions, and the gates between them.",
    discussion: """
      The best agent of a training is the next version of the model that is called as its document is, with the alias \
      candidate. A document names one as {"model": "policy", "folder": "agents:NAME@champion"}.

        stresslab agents list
        stresslab agents check calm@candidate --study studies/gate.json
        stresslab agents promote calm@candidate --as champion --study studies/gate.json
      """,
    subcommands: [
      AgentsList.self, AgentsShow.self, AgentsAdd.self, AgentsPromote.self, AgentsCompare.self, AgentsCheck.self,
      AgentsRemove.self,
    ])
}

/// `stresslab agents list`.
struct AgentsList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists models with their versions.")

  @Argument(help: "Only this model.")
  var name: String?

  @Flag(help: "Print the list as JSON.")
  var json = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let folder = try tracking.neededFolder()
    let models = ModelStore(folder)
    let versions = try models.versions(of: name)
    let listing = ModelListing(models)
    if json {
      return try Output.write(JSONWriter.write(.array(versions.map(models.json)), indented: true))
    }
    guard !versions.isEmpty else {
      if let name { _ = try models.version(ModelReference(name), or: "candidate") }
      return Output.error("No agent has a name in \(folder.models) yet.")
    }
    try Output.write(listing.table(versions))
  }
}

/// `stresslab agents show`.
struct AgentsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what is known of a version: training, validation, stress results, decisions.")

  @Argument(help: "NAME:VERSION or NAME@ALIAS; a name alone means its champion, or else its candidate.")
  var agent: String

  @Flag(help: "Print it as JSON.")
  var json = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let version = try models.named(agent)
    let listing = ModelListing(models)
    try Output.write(json ? JSONWriter.write(try models.wholeJSON(of: version), indented: true) : listing.text(version))
  }
}

/// `stresslab agents add`.
struct AgentsAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Gives an agent a name that lies in a folder already.")

  @Argument(help: "The folder that training or an import has written.", completion: .directory)
  var folder: String

  @Option(name: .customLong("as"), help: "The model's name.")
  var name: String

  @Option(help: "An alias that it gets.")
  var alias = ModelStore.candidate

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let reference = try ModelReference("\(name)@\(alias)")
    let (version, isNew) = try models.register(
      try AgentFiles(folder), as: reference.name, alias: alias, run: nil, documents: nil, validation: nil)
    try Output.write(
      "\(reference.name):\(version) \(isNew ? "is" : "was there already, and is") the \(alias) in "
        + models.folder.models)
  }
}

/// `stresslab agents remove`.
struct AgentsRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a version and its files; that it was there stays on record.")

  @Argument(help: "NAME:VERSION or NAME@ALIAS.")
  var agent: String

  @Flag(help: "Remove a champion too.")
  var force = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let reference = try ModelReference(agent)
    guard reference.pick != .none else {
      let known = try models.versions(of: reference.name).map(\.title).joined(separator: ", ")
      throw Refusal("say which version of \(reference.name) is to go\(known.isEmpty ? "" : ": \(known)")")
    }
    let version = try models.version(reference, or: "")
    if version.aliases.contains("champion"), !force {
      throw Refusal("\(version.title) is the champion: promote another one first, or add --force")
    }
    try models.remove(version)
    try Output.write("\(version.title) is gone.")
  }
}
