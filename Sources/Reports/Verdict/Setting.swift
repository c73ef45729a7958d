import Documents
import Drawing
import Lab
import Statistics

/// What the words of the answer stand for: the events, the risk profiles and ruin, a line each, before any figure.
struct Setting: Sendable {
  private let summary: Summary

  /// The setting of a run.
  init(_ summary: Summary) { self.summary = summary }

  /// Up to how many events, and how many profiles with rules, each has a line here; of more the sections tell.
  private static let most = 3

  /// A list of words and what they mean.
  var markup: Markup {
    let lines = events + profiles + [("ruin", ruin), ("not said", Self.unsaid)]
    return Markup(
      "dl", ["class": "setting"], lines.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1)] })
  }

  /// The events of a run of one scenario, with the figures that the file has of them.
  private var events: [(String, String)] {
    guard summary.scenarios.count == 1, let scenario = summary.scenarios.first, scenario.events.count <= Self.most
    else {
      return []
    }
    return scenario.events.map { event in
      let figures = ScenarioStory(scenario: scenario).plainFigures(of: event)
      let model = PlainWords.key(event.model)
      return (event.name, figures.isEmpty ? model : "\(model): \(figures)")
    }
  }

  private var profiles: [(String, String)] {
    let ruled = (summary.riskProfiles ?? []).filter { !$0.isWithoutRules }
    return ruled.count <= Self.most ? ruled.map { ($0.name, $0.text) } : []
  }

  private static let unsaid =
    "how often such a market comes: no figure of this page is a probability of the real world"

  /// What ruins an account, and when it is looked for.
  private var ruin: String {
    let limit = summary.ruin.equityBelow
    let level =
      limit > 0
      ? ", equity at or under zero, or equity at or under \(Unit.percent.text(limit, resolution: 1)) of the start"
      : ", or equity at or under zero"
    let monitored =
      summary.ruin.monitored == .withinStep
      ? "watched within each step" : "watched at each close, the venue’s margin call within steps"
    return "liquidated by the venue\(level); \(monitored)"
  }
}
