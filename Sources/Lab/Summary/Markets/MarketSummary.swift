/// The market that a scenario made at one severity: the same for all desks.
package struct MarketSummary: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ: 1 is the scenario as written, 0 the same paths without its events.
  package let severity: Double
  /// In the order of their names.
  package let assets: [AssetFans]

  /// A run makes it from its store.
  package init(scenario: String, severity: Double, assets: [AssetFans]) {
    self.scenario = scenario
    self.severity = severity
    self.assets = assets
  }
}
