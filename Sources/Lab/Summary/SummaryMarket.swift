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
  /// By quantity.
  package let fans: Fans
  /// Whether those that follow the event where there is one run in event time.
  package let isInEventTime: Bool

  private enum Key: CodingKey { case asset, isInEventTime }

  package init(asset: String, fans: Fans, isInEventTime: Bool) {
    self.asset = asset
    self.fans = fans
    self.isInEventTime = isInEventTime
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    asset = try container.decode(String.self, forKey: .asset)
    isInEventTime = try container.decode(Bool.self, forKey: .isInEventTime)
    fans = try Fans(FanQuantities.ofAssets, from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(asset, forKey: .asset)
    try container.encode(isInEventTime, forKey: .isInEventTime)
    try fans.encode(to: encoder)
  }

  /// A fan, nil where the quantity was not counted.
  package subscript(quantity: FanQuantity) -> Fan? { fans[quantity] }
}
