import Drawing
import Lab

/// The page of a trained agent: what it is, how it learned, what it does, and whether it was made for what it met.
struct AgentPage: ReportPage {
  let policy: PolicySummary
  let summary: Summary
  /// The file's name.
  let file: String

  /// The pages of a run, in the order of the agents' names.
  static func all(_ page: PageBuilder) -> [any ReportPage] {
    (page.summary.policies ?? []).compactMap { policy in
      page.names.agents[policy.record.agent].map { AgentPage(policy: policy, summary: page.summary, file: $0) }
    }
  }

  var title: String { "\(policy.record.agent), a trained agent" }
  let kind = "trained agent"
  let origin = "panel"

  func body(_ page: inout PageBuilder) -> [Markup] {
    let scene = TrainedScene(
      summary: summary, policy: policy, series: Theme.seriesClass(page.agentIndex(policy.record.agent)))
    let sections: [any PageSection] = [
      IdentityPart(scene: scene), LearningPart(scene: scene), BehaviourPart(scene: scene), HealthPart(scene: scene),
    ]
    return sections.map { Markup("section", [:], $0.body(&page)) }
  }
}

/// What the parts and charts of a trained agent are drawn from.
struct TrainedScene: Sendable {
  let summary: Summary
  let policy: PolicySummary
  /// The class that gives a mark the agent's colour.
  let series: String

  var record: PolicyRecord { policy.record }
  var name: String { record.agent }

  /// What it did, scenario by scenario.
  var visits: [VisitScene] {
    policy.behaviours.compactMap { behaviour in
      summary.scenarios.first { $0.name == behaviour.scenario }.map {
        VisitScene(scene: self, behaviour: behaviour, scenario: $0)
      }
    }
  }

  /// Words that anchors begin with.
  var words: [String] { ["agent", name] }
}

/// A trained agent in one scenario.
struct VisitScene: Sendable {
  let scene: TrainedScene
  let behaviour: PolicyBehaviour
  let scenario: ScenarioSummary

  /// "“Flash crash”, severity 1, behind none".
  var title: String {
    "\(scenario.title), severity \(severityText(behaviour.severity)), risk profile \(behaviour.risk)"
  }
  var words: [String] { scene.words + [scenario.name] }
}

extension PolicyPhase {
  /// "before the events", as a heading of a column.
  func words(events: Int) -> String {
    let event = events == 1 ? "the event" : "events"
    return switch self {
    case .throughout: "throughout"
    case .before: "before \(event)"
    case .inside: "inside \(event)"
    case .after: "after \(event)"
    }
  }
}
