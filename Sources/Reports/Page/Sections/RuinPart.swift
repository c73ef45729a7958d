import Drawing
import Lab
import Statistics
import Trading

/// What ruined the desks of a scenario at one severity: why, when, and what took most from their accounts.
struct RuinPart: PageSection {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The ruins of a severity; `suffix` tells several severities apart in headings.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let stories = Dictionary(
      (page.summary.ruins ?? []).map { ($0.desk, $0) }, uniquingKeysWith: { first, _ in first })
    let ruined = page.desks(scenario, severity).compactMap { scene in stories[scene.desk.desk].map { (scene, $0) } }
    guard !ruined.isEmpty else { return [] }
    let rows = ruined.map { scene, story in
      [scene.name, scene.desk.survival.complement.text(.percent), causes(story), moments(story), movers(story)]
    }
    return [
      page.heading(
        3, "What killed them\(suffix)", scenario.name, severityWord(severity), "what-killed")
    ] + page.once(Self.text) + [
      CardTable(
        caption: "Ruined paths by cause, moment and what moved",
        head: ["desk", "ruined", "came first", "when", "took most"], rows: rows
      ).markup
    ]
  }

  private static let text =
    "Shares are of a desk’s ruined paths; all of them are counted. “In the fall” is from the start of the event that "
    + "started last to ten minutes after its trough, a step at least. What took most is the largest of all losses from the "
    + "start to ruin, on the first paths that were ruined, which were lived through again: what an event added to prices, "
    + "opens away from the close before, jumps, all other moves of the market, and what trading cost."

  private func causes(_ story: RuinStory) -> String {
    RuinCause.allCases.compactMap { cause -> String? in
      let paths = story.moments.filter { $0.cause == cause }.reduce(0) { $0 + $1.paths }
      return paths > 0 ? "\(cause.word) \(percent(paths, of: story.ruined))" : nil
    }.joined(separator: ", ")
  }

  private func moments(_ story: RuinStory) -> String {
    RuinMoment.allCases.compactMap { moment -> String? in
      let paths = story.moments.filter { $0.moment == moment }.reduce(0) { $0 + $1.paths }
      return paths > 0 ? "\(moment.words(scenario)) \(percent(paths, of: story.ruined))" : nil
    }.joined(separator: ", ")
  }

  private func movers(_ story: RuinStory) -> String {
    let parts = story.movers.prefix(3).map { "\($0.mover.word(scenario)) \($0.share.figureText(.percent))" }
    return parts.isEmpty ? "not known" : "\(parts.joined(separator: ", ")) (of \(story.dissected))"
  }

  private func percent(_ paths: Int, of all: Int) -> String {
    Unit.percent.text(Double(paths) / Double(all), resolution: 0.005)
  }
}

extension RuinMoment {
  /// In a table.
  fileprivate func words(_ scenario: ScenarioSummary) -> String {
    let event = scenario.events.count == 1 ? "the event" : "any event"
    switch self {
    case .withoutEvents: return "without events"
    case .before: return "before \(event)"
    case .fall: return "in the fall"
    case .sameSession: return "later that session"
    case .later: return "in a later session"
    }
  }
}

extension RuinCause {
  /// In a table.
  fileprivate var word: String {
    switch self {
    case .none: "none"
    case .liquidation: "margin"
    case .zeroEquity: "equity zero"
    case .equityBelow: "loss limit"
    }
  }
}

extension EquityCause {
  /// In a table.
  fileprivate func word(_ scenario: ScenarioSummary) -> String {
    switch self {
    case .event: scenario.events.count == 1 ? "the event" : "an event"
    case .jump: "a jump"
    case .gap: "gaps at opens"
    case .market: "the market otherwise"
    case .halfSpread: "half-spreads"
    case .impact: "own impact"
    case .fees: "fees"
    case .forcedSale: "forced sales"
    case .financing: "financing"
    }
  }
}
