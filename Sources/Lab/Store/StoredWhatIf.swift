/// A row of the table `whatIfs`: how many paths a desk lost where a figure of the scenario is another.
struct StoredWhatIf: Sendable, Hashable {
  let scenario: String
  let severity: Double
  /// What the study calls the figure.
  let figure: String
  /// Where it stands in the scenario, as the study writes it.
  let pointer: String
  /// What it is multiplied by.
  let factor: Double
  let agent: String
  let risk: String
  /// The first of the paths that were lived through.
  let firstPath: Int64
  let paths: Int
  let ruined: Int
  /// Of the same paths, with the figure as the scenario has it.
  let ruinedAsWritten: Int
  /// Of those ruined, how many are not as written.
  let newlyRuined: Int
}
