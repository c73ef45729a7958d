import Agents
import Digests
import Documents
import Markets
import Trading

extension StudyFile {
  /// Every file that the study rests on, with its SHA-256: the study, the scenarios, and what they read.
  ///
  /// - Parameter agents: names of the agents that take part; each is hashed too.
  func inputFiles(agents: [String]) throws -> [InputFile] {
    var files: [InputFile] = []
    func add(_ role: String, _ path: String, _ bytes: [UInt8]) {
      guard !files.contains(where: { $0.name == path }) else { return }
      files.append(InputFile(role: role, name: path, sha256: Digest.sha256(bytes)))
    }
    for source in document.files { add("study", source.path, source.bytes) }
    for scenario in scenarios {
      for source in scenario.document.files { add("scenario", source.path, source.bytes) }
      for path in scenario.dataFiles {
        guard let bytes = FileContents.read(path) else { throw StoreProblem("\(path): cannot be read") }
        add("data", path, bytes)
      }
    }
    for name in agents {
      let text = document.root.node(at: "/panel/\(JSONPointer.escape(name))")?.sortedJSON.text ?? ""
      files.append(InputFile(role: "agent", name: name, sha256: Digest.sha256(Array(text.utf8))))
    }
    return files
  }

  /// The agents of the panel in words.
  func agentLines(_ names: [String]) -> [AgentLine] {
    names.map { name in
      let node = document.root.node(at: "/panel/\(JSONPointer.escape(name))")
      let model = node?["model"]?.string ?? ""
      let entry = AgentModels.catalogue.description.entries.first { $0.name == model }
      return AgentLine(
        name: name, model: model, text: Self.sentence(entry?.summary ?? model, node),
        leverage: node?["leverage"]?.number ?? Self.defaultLeverage(entry))
    }
  }

  /// The risk profiles of the study in words.
  var riskProfileLines: [RiskProfileLine] {
    study.risk.map { name, profile in
      let node = document.root.node(at: "/risk/\(JSONPointer.escape(name))/rules")
      let rules = profile.rules.names.map { rule in
        let node = node?[rule]
        return Self.sentence(node?["model"]?.string ?? rule, node)
      }
      return RiskProfileLine(name: name, text: rules.isEmpty ? "no rules" : rules.joined(separator: "; "))
    }
  }

  /// A summary with the values of a node behind it.
  private static func sentence(_ summary: String, _ node: Node?) -> String {
    let values = (node?.values() ?? []).filter { $0.pointer != "/model" }.map { pointer, text in
      "\(JSONPointer.components(pointer).joined(separator: " ")) \(text)"
    }
    return values.isEmpty ? summary : "\(summary) (\(values.joined(separator: ", ")))"
  }

  private static func defaultLeverage(_ entry: CatalogueDescription.Entry?) -> Double? {
    guard let field = entry?.fields.first(where: { $0.name == "leverage" }) else { return nil }
    switch field.defaultValue {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: return nil
    }
  }
}

extension ScenarioFile {
  /// Data files that the scenario reads, such as recorded bars.
  var dataFiles: [String] {
    guard case .history(let model, _) = scenario.movement else { return [] }
    return [model.source.file]
  }
}
