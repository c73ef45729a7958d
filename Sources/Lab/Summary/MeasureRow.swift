import Statistics

/// One figure of a run as a row of a flat table: which desk, which measure, the figure.
package struct MeasureRow: Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// What a grid has put into the scenario; empty without one.
  package let point: [GridValue]
  /// θ.
  package let severity: Double
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name.
  package let risk: String
  /// The measure's key in `summary.json`.
  package let measure: String
  /// Which of the measure's figures; empty where there is but one.
  package let word: String
  /// What it is measured in.
  package let unit: MeasureUnit
  /// The figure.
  package let estimate: Estimate
}

extension Summary {
  /// Every measure of every desk, desk by desk, in the order of the catalogue.
  package var measureRows: [MeasureRow] {
    let points = Dictionary(
      scenarios.map { ($0.name, $0.point ?? []) }, uniquingKeysWith: { first, _ in first })
    return desks.flatMap { desk in
      Measures.catalogue.flatMap { measure in
        (desk.measures.value(of: measure)?.lines ?? []).map { line in
          MeasureRow(
            scenario: desk.scenario, point: points[desk.scenario] ?? [], severity: desk.severity, agent: desk.agent,
            risk: desk.risk, measure: measure.name, word: line.word, unit: measure.unit, estimate: line.estimate)
        }
      }
    }
  }
}
