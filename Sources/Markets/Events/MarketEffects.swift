/// What events do to a market and its venue on the paths of a tile, step by step.
package struct MarketEffects {
  /// To each asset, in the order of their names.
  package var assets: [AssetEffects]
  /// To the venue; what it holds is the whole step's, however many sub-steps that has.
  package var venue: VenueEffects

  /// Starts new paths.
  mutating func reset() {
    venue.beginStep()
    for index in assets.indices { assets[index].reset() }
  }

  /// Starts a step.
  mutating func beginStep() {
    for index in assets.indices { assets[index].beginStep() }
  }
}
