import Statistics

/// How survival falls with the severity of the events: a desk's margin of safety.
package struct SeverityCurve: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name in the study.
  package let risk: String
  /// The first of the paths that every rung was lived through on.
  package let firstPath: Int64
  /// How many there are, from that one on: fewer than the run has, as a rule.
  package let paths: Int
  /// From severity 0 upwards.
  package let rungs: [Rung]
  /// Where so many paths are lost: half, a tenth and a hundredth of them.
  package let critical: [CriticalSeverity]
  /// Whether survival is higher at some severity than at a lower one, by more than both intervals allow.
  package let risesAgain: Bool

  /// Survival at one severity.
  package struct Rung: Codable, Sendable, Equatable {
    package let severity: Double
    /// Of the curve's paths.
    package let survival: Estimate
  }

  /// The first severity at which a share of paths is lost.
  package struct CriticalSeverity: Codable, Sendable, Equatable {
    /// Of all paths, those that are lost without any event included.
    package let lost: Double
    /// Without a value where the ladder ends before.
    package let severity: Estimate
  }

  /// The shares whose loss is looked for.
  package static let losses = [0.5, 0.1, 0.01]

  /// Survival at some severities, ascending; each has paths.
  package init(
    scenario: String, agent: String, risk: String, firstPath: Int64, paths: Int, rungs: [Rung]
  ) {
    self.scenario = scenario
    self.agent = agent
    self.risk = risk
    self.firstPath = firstPath
    self.paths = paths
    self.rungs = rungs
    let crossing = LevelCrossing(at: rungs.map(\.severity), rungs.map(\.survival))
    critical = Self.losses.map { CriticalSeverity(lost: $0, severity: crossing.estimate(level: 1 - $0)) }
    risesAgain = crossing.risesAgain
  }
}

extension SeverityCurve {
  /// The curves of a run, in the order of its desks; nil where no ladder was run.
  static func all(_ rows: [StoredRung], _ context: RunContext) -> [SeverityCurve]? {
    struct Desk: Hashable {
      let scenario, agent, risk: String
    }
    let rungs = Dictionary(grouping: rows) { Desk(scenario: $0.scenario, agent: $0.agent, risk: $0.risk) }
    var seen: Set<Desk> = []
    let curves = context.desks.compactMap { facts -> SeverityCurve? in
      let desk = Desk(scenario: facts.scenario, agent: facts.agent, risk: facts.risk)
      guard seen.insert(desk).inserted, let rows = rungs[desk], let first = rows.first else { return nil }
      return SeverityCurve(
        scenario: desk.scenario, agent: desk.agent, risk: desk.risk, firstPath: first.firstPath, paths: first.paths,
        rungs: rows.map { row in
          Rung(
            severity: row.severity,
            survival: Proportion(row.paths - row.ruined, of: row.paths).estimate(confidence: context.confidence))
        })
    }
    return curves.isEmpty ? nil : curves
  }
}
