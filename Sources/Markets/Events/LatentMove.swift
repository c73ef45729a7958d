import Lanes

/// The closes of a step that is being made: what an event may answer before bars are made of them.
package struct LatentMove {
  private let tile: MarketTile

  init(_ tile: MarketTile) { self.tile = tile }

  /// Log price of an asset at the close over that at t = 0, with the offsets that events have stated so far.
  func close(_ asset: Int, _ group: Int, _ effects: MarketEffects) -> Lanes {
    let move = tile.moves[asset][group]
    return tile.logPrices[asset * tile.groups + group] + move.gap + move.move
      + effects.assets[asset].values[group].closeOffset
  }

  /// The depth of an asset without events' factors: units whose purchase or sale moves the price by 1 %.
  func depth(_ asset: Int) -> Double { tile.description.liquidity[asset].depthTo1Percent }
}
