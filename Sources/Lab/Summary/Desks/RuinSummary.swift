import Trading

/// When an account counts as ruined.
package struct RuinSummary: Codable, Sendable, Equatable {
  /// Fraction of starting equity at or under which an account is ruined; 0.5 is a loss of half.
  package let equityBelow: Double
  /// How the account is watched.
  package let monitored: RuinTerms.Monitoring

  /// A run makes it from its study.
  package init(equityBelow: Double, monitored: RuinTerms.Monitoring) {
    self.equityBelow = equityBelow
    self.monitored = monitored
  }
}
