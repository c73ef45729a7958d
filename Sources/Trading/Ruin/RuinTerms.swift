/// When a desk counts as ruined. Liquidation by the venue and equity at or under 0 always do.
package struct RuinTerms: Sendable, Hashable, Codable {
  /// How the equity is watched.
  package enum Monitoring: String, Sendable, Hashable, Codable, CaseIterable {
    /// Within steps, on the extremes of the bridge.
    case withinStep
    /// At closes only. The venue's margin call still works within steps.
    case atClose
  }

  /// Ruin at equity ≤ `equityBelow` × starting equity; in 0…1.
  package let equityBelow: Double
  /// How the equity is watched.
  package let monitored: Monitoring

  /// Terms of ruin; half of the equity, watched within steps, unless told otherwise.
  package init(equityBelow: Double = 0.5, monitored: Monitoring = .withinStep) {
    self.equityBelow = equityBelow
    self.monitored = monitored
  }
}
