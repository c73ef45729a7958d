import Randomness

/// What an engine gets to know about where it runs.
package struct EngineSite: Sendable {
  /// The assets, in order.
  let assets: [AssetTerms]
  /// What is known about the market before any path is drawn.
  let market: MarketDescription
  /// The scenario's random streams.
  let streams: RandomStreams
  /// Lane groups of the tile.
  let groups: Int
}
