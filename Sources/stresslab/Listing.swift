import Agents
import Documents
import Foundation
import Indicators
import MarketData
import Markets
import Randomness
import Trading

/// What `stresslab list` can list.
enum Listing: String, Sendable, CaseIterable {
  case scenarios, processes, events, distributions, agents, risk, execution, indicators, measures

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
    case .indicators: FeatureListing.text
    case .measures: Self.measureText
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

  /// The measures of a desk by their names in `summary.json`.
  private static let measureText = """
    survival                     P(no ruin by the horizon)
    ruinFromEvent                P(ruined) less P(ruined at severity 0), paired path by path
    timeSurvivedSeconds          mean time until ruin, cut at the horizon (s)
    recovery                     P(recovered by the horizon | impaired), ruin competing
    recoveryStates               shares unimpaired, recovered, ruined, unresolved
    medianRecoverySeconds        median time from impairment to recovery, ruin competing (s)
    expectedTimeImpairedSeconds  mean time from impairment to recovery, ruin or the horizon (s)
    executionCostBps             half-spread, impact and fees over traded notional (basis points)
    filledShare                  filled over wanted notional
    costSplit                    cost terms, calm and event window apart (basis points of starting equity)
    finalReturnMean              mean of final over starting equity, less one
    finalReturnQuantiles         its quantiles
    expectedShortfall            mean loss in the worst 5 % of paths
    maximumDrawdownQuantiles     quantiles of the largest close-to-close drawdown
    timeUnderWaterSeconds        median of the longest spell under the running peak (s)
    ruinCauses                   shares ruined by liquidation, zeroEquity, equityBelow

    """
}
