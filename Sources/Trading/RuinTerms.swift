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

/// Why a desk was ruined. The raw value is the number in the store.
package enum RuinCause: Int32, Sendable, Hashable, Codable, CaseIterable {
  case none = 0
  /// The venue closed the position because equity fell under the maintenance margin.
  case liquidation = 1
  /// Equity reached 0.
  case zeroEquity = 2
  /// Equity reached the study's `equityBelow`.
  case equityBelow = 3
}
