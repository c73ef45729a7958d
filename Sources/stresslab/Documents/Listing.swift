import Agents
import Documents
import Foundation
import Indicators
import Lab
import MarketData
import Markets
import Randomness
import Trading
import Training

/// Something that `stresslab list` can list: what can be written in a document, or named on a command line.
struct Listing: Sendable {
  /// The word after `stresslab list`.
  let name: String
  /// What it lists, in one line.
  let summary: String
  /// What is listed, made when it is asked for.
  let contents: @Sendable () -> Contents

  /// A listing's text, whole and in parts.
  struct Contents: Sendable {
    /// All of it.
    let text: String
    /// Each thing that is listed, by name.
    let entries: [(name: String, text: String)]
  }

  /// All listings, in the order in which they are offered.
  static let all: [Listing] = [
    Listing(name: "scenarios", summary: "scenarios at hand", contents: { scenarios(in: Program.scenarioFolder) }),
    Listing("scenario", "parts of a scenario", Scenario.form.fields),
    Listing("clock", "steps, length, warm-up and calendar", Scenario.form.fields, "clock"),
    Listing("calendars", "when a market trades", TradingCalendar.catalogue.description),
    Listing("profiles", "how volume, volatility and spread go over a day", DayProfile.catalogue.description),
    Listing(name: "durations", summary: "how lengths of time are written", contents: { durations }),
    Listing("assets", "what is said of an asset", Scenario.form.fields, "assets"),
    Listing("processes", "what moves a price", PriceProcesses.catalogue.description),
    Listing("liquidity", "how much can be traded, and at what distance", Scenario.form.fields, "assets", "liquidity"),
    Listing("history", "recorded bars in place of processes", HistoryModels.catalogue.description),
    Listing("dependence", "how assets move together", Dependences.catalogue.description),
    Listing("venue", "what trading costs and what the venue asks", VenueTerms.form.fields),
    Listing("events", "what happens to a market", MarketEvents.catalogue.description),
    Listing("triggers", "what an event may wait for, in place of a time", EventTriggers.catalogue.description),
    Listing("distributions", "what may stand for a number that is drawn", Distributions.description),
    Listing("sources", "where figures come from", Scenario.form.fields, "sources"),
    Listing("study", "parts of a study", Study.form.fields),
    Listing("account", "what every desk starts with", Study.form.fields, "account"),
    Listing("mandates", "what a panel is asked to do", Mandates.catalogue.description),
    Listing("agents", "who trades", AgentModels.catalogue.description),
    Listing("observations", "what a trained agent sees", Observations.catalogue.description),
    Listing("actions", "what a trained agent decides", PolicyActions.catalogue.description),
    Listing("risk", "rules between an agent and the venue", RiskRules.catalogue.description),
    Listing("ruin", "when a desk counts as ruined", Study.form.fields, "ruin"),
    Listing("recovery", "from what a desk recovers, and to where", Study.form.fields, "recovery"),
    Listing("monteCarlo", "how much is simulated", Study.form.fields, "monteCarlo"),
    Listing("training", "parts of a training", TrainingPlan.form.fields),
    Listing("lessons", "what a training says of each of its scenarios", TrainingScenario.form.fields),
    Listing("mandate", "how far a trained agent may go", TrainingPlan.form.fields, "mandate"),
    Listing("rewards", "what a step of a training is worth", Rewards.catalogue.description),
    Listing("hyperparameters", "how an agent learns", TrainingPlan.form.fields, "hyperparameters"),
    Listing("validation", "how a training is judged", TrainingPlan.form.fields, "validation"),
    Listing("tuning", "parts of a search", TuningPlan.form.fields),
    Listing("space", "what may stand for a value that a search varies", TuningPlan.form.fields, "space"),
    Listing("samplers", "how a search spreads its trials", SearchSampler.catalogue.description),
    Listing("halving", "how long trials are trained, and how many go on", TuningPlan.form.fields, "halving"),
    Listing(name: "costs", summary: "the terms of a trade's cost", contents: { costTerms }),
    Listing(name: "measures", summary: "what a report measures", contents: { Contents(Measures.lines) }),
    Listing(
      name: "indicators", summary: "indicators and feature sets",
      contents: { Contents(text: FeatureListing.text, entries: FeatureListing.entries) }),
  ]
}

extension Listing {
  private init(
    _ name: String, _ summary: String, _ catalogue: @autoclosure @escaping @Sendable () -> CatalogueDescription
  ) {
    self.init(name: name, summary: summary) {
      let catalogue = catalogue()
      return Contents(
        text: catalogue.text,
        entries: catalogue.entries.map { entry in
          (entry.name, CatalogueDescription(title: catalogue.title, entries: [entry]).text)
        })
    }
  }

  /// - Parameter path: names of fields, from the form down to the object whose fields are listed.
  private init(
    _ name: String, _ summary: String, _ fields: @autoclosure @escaping @Sendable () -> [FieldDescription],
    _ path: String...
  ) {
    self.init(name: name, summary: summary) {
      let fields = path.reduce(fields()) { fields, name in fields.first { $0.name == name }?.type.fields ?? [] }
      return Contents(
        text: FieldDescription.table(fields).joined(separator: "\n"),
        entries: fields.map { ($0.name, FieldDescription.table([$0]).joined(separator: "\n")) })
    }
  }

  /// The scenarios of a folder, and of its `history`, which holds days that were.
  private static func scenarios(in folder: String) -> Contents {
    let lines = [folder, "\(folder)/history"].flatMap { folder -> [(String, String)] in
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      return names.filter { $0.hasSuffix(".json") }.map { name in
        let path = "\(folder)/\(name)"
        let title = try? DocumentLoader().load(path).root["title"]?.string
        return (ScenarioFile.name(of: name), "\(path): \(title ?? "not readable")")
      }
    }
    guard !lines.isEmpty else {
      return Contents(
        text: "no scenarios in \(folder); `stresslab template scenario` prints one to begin with", entries: [])
    }
    return Contents(lines)
  }

  private static var durations: Contents {
    Contents([
      ("ms", #""500ms"      milliseconds"#), ("s", #""20s"        seconds"#), ("m", #""6m"         minutes"#),
      ("h", #""13h"        hours"#), ("d", #""252d"       sessions, or days of 24 h where trading is continuous"#),
      ("sums", #""13h30m"     several of them, the largest unit first; the last may have a fraction: "1.5h""#),
      ("steps", #""50 steps"   in studies also steps of whatever length the scenario's have"#),
    ])
  }

  /// The terms of the implementation shortfall.
  private static var costTerms: Contents {
    let width = CostTerm.allCases.map(\.name.count).max() ?? 0
    return Contents(
      CostTerm.allCases.map { term in
        let name = term.name.padding(toLength: width, withPad: " ", startingAt: 0)
        return (term.name, "\(name)  \(term.summary)\(term.isExecution ? " (execution cost)" : "")")
      })
  }
}

extension Listing.Contents {
  /// A listing of a line for each thing.
  init(_ lines: [(name: String, text: String)]) {
    self.init(text: lines.map(\.text).joined(separator: "\n"), entries: lines)
  }
}
