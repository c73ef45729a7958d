import Drawing
import Lab

/// What a chart of an agent's risk profiles is drawn from: its desks in one scenario at one severity.
struct AgentScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  let severity: Double
  let agent: String
  /// In the order of the panel; desks that are alike in every figure are one.
  let lines: [Line]
  /// The desks of the whole panel that traded.
  let panel: [DeskSummary]

  /// A desk, and the risk profiles behind which it is the same.
  struct Line: Sendable {
    let desk: DeskScene
    var profiles: [String]

    /// "none", or "none and house, alike".
    var name: String { profiles.count == 1 ? profiles[0] : "\(listed(profiles, most: 8)), alike" }
  }

  /// The class that gives a mark the agent's colour.
  var series: String { lines.first?.desk.series ?? "s1" }

  /// The values that an axis of a quantity must hold: of the whole panel, so that agents can be compared by eye.
  func extent(_ quantity: FanQuantity) -> [Double] { panel.flatMap { $0[quantity]?.bandExtent ?? [] } }

  /// The agents of a panel, each with its desks that traded.
  static func all(_ desks: [DeskScene], _ severity: Double) -> [AgentScene] {
    let trading = desks.filter(\.desk.hasCharts)
    var scenes: [AgentScene] = []
    for scene in trading {
      guard let first = trading.first(where: { $0.desk.agent == scene.desk.agent }), first.desk.desk == scene.desk.desk
      else { continue }
      var lines: [Line] = []
      for desk in trading where desk.desk.agent == scene.desk.agent {
        if let known = lines.firstIndex(where: { $0.desk.desk.isAlike(desk.desk) }) {
          lines[known].profiles.append(desk.desk.risk)
        } else {
          lines.append(Line(desk: desk, profiles: [desk.desk.risk]))
        }
      }
      scenes.append(
        AgentScene(
          summary: scene.summary, scenario: scene.scenario, severity: severity, agent: scene.desk.agent, lines: lines,
          panel: trading.map(\.desk)))
    }
    return scenes
  }
}

extension DeskSummary {
  /// Whether all figures and counts of another desk are the same.
  func isAlike(_ other: DeskSummary) -> Bool { measures == other.measures && fans == other.fans }
}

extension Fan {
  /// The ends of the bands alone.
  var bandExtent: [Double] { [p5.min(), p95.max()].compactMap { $0 } }
}
