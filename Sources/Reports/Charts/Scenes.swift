import Drawing
import Lab
import Statistics

/// What a chart of a market is drawn from: one asset in one scenario at one severity.
struct MarketScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  let severity: Double
  let fans: AssetFans
  /// The same asset without the events (severity 0), where that was run and this is not it.
  let calm: AssetFans?
  /// The same asset at every severity, so that charts beside each other share their range.
  let allSeverities: [AssetFans]
}

/// What a chart of a desk is drawn from: an agent behind a risk profile, in one scenario at one severity.
struct DeskScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  let desk: DeskSummary
  /// The same desk without the events (severity 0), where that was run and this is not it.
  let calm: DeskSummary?
  /// The desks of the same agent in the scenario, at every severity, so that charts beside each other share their range.
  let peers: [DeskSummary]
  /// The agent's place in the panel, which gives its colour.
  let agentIndex: Int

  /// The class that gives a mark the agent's colour.
  var series: String { Theme.seriesClass(agentIndex) }
  /// The desk's name as the report writes it.
  var name: String { desk.name }
}

/// What a chart of the whole panel is drawn from: all desks of one scenario at one severity.
struct PanelScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  let severity: Double
  let desks: [DeskScene]
}

/// What a chart of severity curves is drawn from: all desks in one scenario.
struct LadderScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  /// In the panel's order, at the same severities.
  let lines: [Line]

  /// A desk's curve, with the class of its agent's colour.
  struct Line: Sendable {
    let curve: SeverityCurve
    let series: String
  }
}

/// What a chart of a drawn parameter is drawn from: all desks of one scenario at one severity for which it is known what
/// their survival hangs on.
struct SensitivityScene: Sendable {
  let summary: Summary
  let scenario: ScenarioSummary
  /// JSON pointer of the parameter.
  let pointer: String
  let desks: [Desk]

  /// A desk with what its survival hangs on.
  struct Desk: Sendable {
    let scene: DeskScene
    let sensitivity: Sensitivity
  }
}

extension DeskSummary {
  /// "momentum · house": the agent and its risk profile.
  var name: String { "\(agent)\u{A0}·\u{A0}\(risk)" }
}

extension Estimate {
  /// The interval's name for a subtitle, such as "95 % interval (Wilson)".
  var intervalName: String { "\(Unit.percent.tick(confidence, step: confidence)) interval (\(method.name))" }
}
