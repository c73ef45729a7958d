import Agents
import Documents
import Trading

extension StudyFile {
  /// What the study itself sets: accounts, agents, rules, ruin, recovery and criteria, value by value with its source, and what is
  /// in force where the document says nothing.
  var parameterLines: [ParameterLine] {
    let written = Study.form.values(of: document.root).filter {
      ["account", "ruin", "recovery", "criteria"].contains(JSONPointer.components($0.pointer)[0])
    }
    let known = Set(written.map(\.pointer))
    let unwritten = unwritten.filter { !known.contains($0.pointer) }
    let usual = Set(unwritten.map(\.pointer))
    return SourcedValues(document, study.sources).lines(written + unwritten + agentValues + ruleValues).map { line in
      guard usual.contains(line.path), line.basis == nil else { return line }
      return ParameterLine(
        path: line.path, keys: line.keys, text: line.text, unit: line.unit, basis: .judgement, source: Self.usual)
    }
  }

  /// Where what a study leaves out comes from.
  private static let usual = "What the program takes where a study says nothing: chosen, fitted to nothing."

  private var agentValues: [DocumentValue] {
    study.panel.names.flatMap { values(at: "/panel/\(JSONPointer.escape($0))", AgentModels.catalogue.valuesInForce) }
  }

  private var ruleValues: [DocumentValue] {
    study.risk.flatMap { name, profile in
      profile.rules.names.flatMap { rule in
        values(
          at: "/risk/\(JSONPointer.escape(name))/rules/\(JSONPointer.escape(rule))", RiskRules.catalogue.valuesInForce)
      }
    }
  }

  /// The values in force at a place; the tag of a model among them says nothing that counts.
  private func values(at place: String, _ inForce: (Node) -> [DocumentValue]) -> [DocumentValue] {
    (document.root.node(at: place).map(inForce) ?? []).filter { $0.pointer != "/model" }.map {
      DocumentValue(pointer: place + $0.pointer, text: $0.text, unit: $0.unit)
    }
  }

  /// What is in force of account, ruin, recovery and criteria where the document leaves it out.
  private var unwritten: [DocumentValue] {
    let number = JSONWriter.number
    let ofEquity = QuantityUnit.fractionOfEquity.text
    var values = [
      DocumentValue(pointer: "/ruin/equityBelow", text: number(study.ruin.equityBelow), unit: ofEquity),
      DocumentValue(pointer: "/recovery/level", text: number(study.recovery.level), unit: ofEquity),
    ]
    if study.account.equity == nil, study.account.positions.isEmpty {
      let text = "0.1 % of one day’s traded value of the least traded asset"
      values.insert(DocumentValue(pointer: "/account/equity", text: text), at: 0)
    }
    guard study.criteria.isEmpty else { return values }
    let isExecution = if case .execute = study.mandate { true } else { false }
    let usual = isExecution ? Criterion.usualOfExecution : Criterion.usual
    return values
      + usual.map { criterion in
        let of =
          criterion.loss.map { ", of losses over \(number($0))" } ?? criterion.level.map { ", beyond \(number($0))" }
          ?? ""
        return DocumentValue(
          pointer: "/criteria/\(criterion.measure)",
          text:
            "\(criterion.isAtLeast ? "at least" : "at most") \(number(criterion.limit))\(of), the program’s usual limit"
        )
      }
  }
}
