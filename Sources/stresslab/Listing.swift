import Agents
import Documents
import Foundation
import Indicators
import Lab
import MarketData
import Markets
import Randomness
import Trading

/// What `stresslab list` can list.
enum Listing: String, Sendable, CaseIterable {
  case scenarios, processes, events, distributions, agents, risk, execution, costs, indicators, measures

  /// The listing as text.
  ///
  /// - Parameter repository: where the scenarios lie; nil: in the folder at hand.
  func text(repository: String?) -> String {
    switch self {
    case .scenarios: Self.scenarios(in: Self.scenarioFolder(repository))
    case .processes:
      [
        PriceProcesses.catalogue.description.text, "In place of processes, recorded bars (\"history\"):",
        HistoryModels.catalogue.description.text,
      ].joined(separator: "\n")
    case .events: MarketEvents.catalogue.description.text
    case .distributions: Distributions.description.text
    case .agents: AgentModels.catalogue.description.text
    case .risk: RiskRules.catalogue.description.text
    case .execution: FieldDescription.table(VenueTerms.form.fields).joined(separator: "\n") + "\n"
    case .costs: Self.costTerms
    case .indicators: FeatureListing.text
    case .measures: Measures.text
    }
  }

  /// The scenarios of the folder at hand, else of the checkout that the program was built in.
  private static func scenarioFolder(_ repository: String?) -> String {
    guard let repository, !FileManager.default.fileExists(atPath: "scenarios") else { return "scenarios" }
    return repository + "/scenarios"
  }

  private static func scenarios(in folder: String) -> String {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    let lines = names.filter { $0.hasSuffix(".json") }.map { name -> String in
      let path = "\(folder)/\(name)"
      let title = try? DocumentLoader().load(path).root["title"]?.string
      return "\(path): \(title ?? "not readable")"
    }
    return lines.isEmpty ? "no scenarios in \(folder)\n" : lines.joined(separator: "\n") + "\n"
  }

  /// The terms of the implementation shortfall.
  private static var costTerms: String {
    let width = CostTerm.allCases.map(\.name.count).max() ?? 0
    return CostTerm.allCases.map { term in
      let name = term.name.padding(toLength: width, withPad: " ", startingAt: 0)
      return "\(name)  \(term.summary)\(term.isExecution ? " (execution cost)" : "")\n"
    }.joined()
  }
}
