import Statistics

/// What survival would be where one fixed figure of a scenario is another.
package struct WhatIfWorld: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// Of the events.
  package let severity: Double
  /// What the study calls the figure.
  package let figure: String
  /// Where it stands in the scenario, as the study writes it: `*` for any key.
  package let pointer: String
  /// What it is multiplied by.
  package let factor: Double
  /// The first of the paths that were lived through.
  package let firstPath: Int64
  /// How many there are, from that one on: fewer than the run has, as a rule.
  package let paths: Int
  /// In the order of the run.
  package let desks: [Desk]

  /// What a desk does there.
  package struct Desk: Codable, Sendable, Equatable {
    /// The agent's name in the panel.
    package let agent: String
    /// The risk profile's name in the study.
    package let risk: String
    /// Of these paths.
    package let survival: Estimate
    /// That less survival on the same paths with the figure as the scenario has it, by what became of each path: Tango's interval.
    package let change: Estimate
  }
}

extension WhatIfWorld {
  /// Those of a run, figure by figure and factor by factor in each scenario; nil where none was asked.
  static func all(_ rows: [StoredWhatIf], _ context: RunContext) -> [WhatIfWorld]? {
    struct World: Hashable {
      let scenario, figure: String
      let factor: Double
    }
    let groups = Dictionary(grouping: rows) { World(scenario: $0.scenario, figure: $0.figure, factor: $0.factor) }
    let places = Dictionary(
      context.desks.map { (["\($0.scenario)", $0.agent, $0.risk], $0.desk) }, uniquingKeysWith: min)
    let order = Dictionary(
      context.scenarios.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let worlds = groups.values.compactMap { rows -> WhatIfWorld? in
      let sorted = rows.compactMap { row in places[[row.scenario, row.agent, row.risk]].map { ($0, row) } }
        .sorted { $0.0 < $1.0 }.map(\.1)
      guard let first = sorted.first else { return nil }
      return WhatIfWorld(
        scenario: first.scenario, severity: first.severity, figure: first.figure, pointer: first.pointer,
        factor: first.factor, firstPath: first.firstPath, paths: first.paths,
        desks: sorted.map { Desk($0, confidence: context.confidence) })
    }.sorted { one, other in
      let (first, second) = (order[one.scenario] ?? .max, order[other.scenario] ?? .max)
      if first != second { return first < second }
      return one.figure != other.figure ? one.figure < other.figure : one.factor < other.factor
    }
    return worlds.isEmpty ? nil : worlds
  }
}

extension WhatIfWorld.Desk {
  fileprivate init(_ row: StoredWhatIf, confidence: Double) {
    let spared = row.ruinedAsWritten + row.newlyRuined - row.ruined
    self.init(
      agent: row.agent, risk: row.risk,
      survival: Proportion(row.paths - row.ruined, of: row.paths).estimate(confidence: confidence),
      change: PairedShares(onlyFirst: spared, onlySecond: row.newlyRuined, of: row.paths).estimate(
        confidence: confidence))
  }
}
