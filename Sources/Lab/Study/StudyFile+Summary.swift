import Agents
import Digests
import Documents
import Markets
import Trading

extension StudyFile {
  /// Every file that the study rests on, with its SHA-256: the study, the scenarios, what these read, and what agents and
  /// rules read.
  ///
  /// - Parameter agents: names of the agents that take part; each is hashed too.
  /// - Throws: a file that can't be read any more.
  func inputFiles(agents: [String]) throws(StoreProblem) -> [InputFile] {
    var files: [InputFile] = []
    func add(_ role: InputFile.Role, _ path: String, _ bytes: [UInt8]) {
      guard !files.contains(where: { $0.name == path }) else { return }
      files.append(InputFile(role: role, name: path, sha256: Digest.sha256(bytes)))
    }
    func add(_ role: InputFile.Role, reading path: String) throws(StoreProblem) {
      do throws(SystemFault) {
        guard let bytes = try ShippedAgents.contents(path) else { throw .other("it is gone, or permission is denied") }
        add(role, path, bytes)
      } catch {
        throw StoreProblem("\(path) cannot be read", error)
      }
    }
    for source in document.files { add(.study, source.path, source.bytes) }
    if let path = study.account.positions.file { try add(.positions, reading: path) }
    for scenario in scenarios {
      for source in scenario.document.files { add(.scenario, source.path, source.bytes) }
      for path in scenario.scenario.files { try add(.data, reading: path) }
    }
    for name in agents {
      let text = document.root.node(at: "/panel/\(JSONPointer.escape(name))")?.sortedJSON.text ?? ""
      files.append(InputFile(role: .agent, name: name, sha256: Digest.sha256(Array(text.utf8))))
      for path in study.panel[name]?.files ?? [] { try add(.agentFile, reading: path) }
    }
    for rule in study.risk.values.flatMap(\.rules.values) {
      for path in rule.files { try add(.ruleFile, reading: path) }
    }
    return files
  }

  /// The agents of the panel in words, with every parameter in force.
  package func agentLines(_ names: [String]) -> [AgentLine] {
    names.map { name in
      let node = document.root.node(at: "/panel/\(JSONPointer.escape(name))")
      let model = node.flatMap(AgentModels.catalogue.entry)
      var values = node.map(AgentModels.catalogue.valuesInForce) ?? []
      var summary = model?.summary ?? ""
      if let holder = study.panel[name] as? BuyAndHold, holder.takesOpening, !study.account.positions.isEmpty {
        values.removeAll { $0.pointer == "/weights" || ($0.pointer == "/leverage" && holder.leverage == nil) }
        summary = "holds what the account starts with\(holder.leverage == nil ? "" : ", at another leverage")"
      }
      return AgentLine(
        name: name, model: model?.name ?? "", text: Self.sentence(summary, values),
        leverage: study.panel[name]?.targetLeverage)
    }
  }

  /// The risk profiles of the study in words, with every parameter in force.
  package var riskProfileLines: [RiskProfileLine] {
    study.risk.map { name, profile in
      let node = document.root.node(at: "/risk/\(JSONPointer.escape(name))/rules")
      return RiskProfileLine(name: name, text: RiskProfileLine.text(profile.rules.names, in: node))
    }
  }

  /// A summary with the values of a model behind it.
  fileprivate static func sentence(_ summary: String, _ values: [DocumentValue]) -> String {
    let values = values.filter { $0.pointer != "/model" }.map { value in
      let keys = PlainWords.keys(JSONPointer.components(value.pointer))
      return "\(keys.joined(separator: " ")) \(PlainWords.value(value.text, unit: value.unit))"
    }
    return values.isEmpty ? summary : "\(summary) (\(values.joined(separator: ", ")))"
  }
}

extension RiskProfileLine {
  /// Rules in words, with every parameter in force.
  ///
  /// - Parameters:
  ///   - names: of the rules, in their order.
  ///   - node: the object of a document in which they stand by name.
  package static func text(_ names: [String], in node: Node?) -> String {
    let rules = names.map { name in
      let node = node?[name]
      let entry = node.flatMap(RiskRules.catalogue.entry)
      let values = node.map(RiskRules.catalogue.valuesInForce) ?? []
      let plain = values.map {
        Story.Value(
          keys: JSONPointer.components($0.pointer), text: PlainWords.value($0.text, unit: $0.unit))
      }
      guard let told = entry?.story?.told(plain) else {
        return StudyFile.sentence(PlainWords.key(entry?.name ?? name), values)
      }
      return StudyFile.sentence(
        told.sentence, values.filter { told.left.contains(JSONPointer.components($0.pointer)) })
    }
    return rules.isEmpty ? noRules : rules.joined(separator: "; ")
  }
}
