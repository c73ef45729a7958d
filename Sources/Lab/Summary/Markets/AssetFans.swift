/// What an asset's market looked like across paths.
package struct AssetFans: Codable, Sendable, Equatable {
  /// The asset's name in the scenario.
  package let asset: String
  /// By quantity.
  package let fans: Fans
  /// Whether those that follow the event where there is one run in event time.
  package let isInEventTime: Bool

  /// Whether the price may be negative, so that what is relative counts in starting prices; left out where not.
  package let mayBeNegative: Bool

  private enum Key: CodingKey { case asset, isInEventTime, mayBeNegative }

  /// A run makes it from its store.
  package init(asset: String, fans: Fans, isInEventTime: Bool, mayBeNegative: Bool = false) {
    self.mayBeNegative = mayBeNegative
    self.asset = asset
    self.fans = fans
    self.isInEventTime = isInEventTime
  }

  /// Reads an object of `summary.json`, in which each fan stands under its quantity's key.
  ///
  /// - Throws: `DecodingError` where the asset or its kind of time is missing, or a fan is not one.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    asset = try container.decode(String.self, forKey: .asset)
    isInEventTime = try container.decode(Bool.self, forKey: .isInEventTime)
    mayBeNegative = try container.decodeIfPresent(Bool.self, forKey: .mayBeNegative) ?? false
    fans = try Fans(FanQuantities.ofAssets, from: decoder)
  }

  /// Writes the fans beside the asset's name, each under its quantity's key.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(asset, forKey: .asset)
    try container.encode(isInEventTime, forKey: .isInEventTime)
    if mayBeNegative { try container.encode(true, forKey: .mayBeNegative) }
    try fans.encode(to: encoder)
  }

  /// A fan, nil where the quantity was not counted.
  package subscript(quantity: FanQuantity) -> Fan? { fans[quantity] }
}
