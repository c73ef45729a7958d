/// What events do to a market on the paths of a tile, step by step.
package struct MarketEffects {
  /// To each asset, in the order of their names.
  package var assets: [AssetEffects]
  /// To how the assets hang together.
  package let dependence: DependenceEffects

  /// Starts new paths.
  mutating func reset() {
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
