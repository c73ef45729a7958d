/// What events do to a market on the paths of a tile, step by step.
package struct MarketEffects {
  /// To each asset, in the order of their names.
  package var assets: [AssetEffects]

  /// Starts new paths.
  mutating func reset() {
    for index in assets.indices { assets[index].reset() }
  }

  /// Starts a step.
  mutating func beginStep() {
    for index in assets.indices { assets[index].beginStep() }
  }
}
