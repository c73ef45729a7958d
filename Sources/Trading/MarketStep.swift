import Lanes
import Markets

/// The step that a market tile has just made, as desks need it: taken out of the tile once a desk and step, so that the
/// loop over lane groups touches values only.
struct MarketStep {
  /// The step, from 0.
  let step: Int
  /// `[asset * groups + group]`.
  let bars: ContiguousArray<AssetStep>
  /// `[asset * groups + group]`.
  let interiors: ContiguousArray<StepInterior>
  /// `[group]`.
  let bridgeDraws: ContiguousArray<BridgeDraws>
  /// `[group]`.
  let inEventWindow: ContiguousArray<Mask>

  init(_ tile: MarketTile) {
    step = tile.step
    bars = tile.bars
    interiors = tile.interiors
    bridgeDraws = tile.bridgeDraws
    inEventWindow = tile.inEventWindow
  }
}
