/// What events do to a market and its venue on the paths of a tile, step by step.
package struct MarketEffects {
  /// To each asset, in the order of their names.
  package var assets: [AssetEffects]
  /// To how the assets hang together.
  package let dependence: DependenceEffects
  /// To the venue; what it holds is the whole step's, however many sub-steps that has.
  package var venue: VenueEffects

  /// Starts new paths.
  mutating func reset() {
    venue.beginStep()
    for index in assets.indices { assets[index].reset() }
    dependence.reset()
  }

  /// Starts a sub-step.
  ///
  /// - Parameter part: which of its step's, from 0.
  mutating func beginStep(part: Int) {
    for index in assets.indices { assets[index].beginStep() }
    dependence.begin(part: part)
  }
}
