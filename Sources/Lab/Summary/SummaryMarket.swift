/// The market that a scenario made at one severity: the same for all desks.
package struct MarketSummary: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  package let severity: Double
  package let assets: [AssetFans]

  package init(scenario: String, severity: Double, assets: [AssetFans]) {
    self.scenario = scenario
    self.severity = severity
    self.assets = assets
  }
}

/// What an asset's market looked like across paths.
package struct AssetFans: Codable, Sendable, Equatable {
  package let asset: String
  /// Close, in quote currency; clock time. With sample paths.
  package let price: Fan
  /// Close over the last close before the event; event time. Nil without events.
  package let priceThroughEvent: Fan?
  /// Basis points of the mid; event time (clock time without events).
  package let halfSpreadBps: Fan
  /// Quantity that moves the price by 1 %; event time (clock time without events).
  package let depth: Fan
  /// Units traded per step; event time (clock time without events).
  package let volume: Fan
  /// Whether the three above, and `priceThroughEvent`, run in event time.
  package let isInEventTime: Bool

  package init(
    asset: String, price: Fan, priceThroughEvent: Fan? = nil, halfSpreadBps: Fan, depth: Fan, volume: Fan,
    isInEventTime: Bool
  ) {
    self.asset = asset
    self.price = price
    self.priceThroughEvent = priceThroughEvent
    self.halfSpreadBps = halfSpreadBps
    self.depth = depth
    self.volume = volume
    self.isInEventTime = isInEventTime
  }
}
