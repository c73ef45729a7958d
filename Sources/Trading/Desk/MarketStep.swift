import Lanes
import Markets

/// The step that a market tile has just made, as venues and desks need it: taken out of the tile once a step, so that
/// loops over lane groups touch values only.
struct MarketStep {
  /// The step; negative in the warm-up, in which nobody trades.
  let step: Int
  /// `[asset * groups + group]`.
  let bars: ContiguousArray<AssetStep>
  /// What lies inside it, likewise.
  let interiors: ContiguousArray<BarInterior>
  /// `[group]`.
  let bridgeDraws: ContiguousArray<BridgeDraws>
  /// `[asset * groups + group]`.
  let depths: ContiguousArray<BookDepth>
  /// `[group]`.
  let inEventWindow: ContiguousArray<Mask>

  init(_ tile: MarketTile, _ depths: DepthTrack) {
    self.depths = depths.steps
    step = tile.step
    bars = tile.bars
    interiors = tile.interiors
    bridgeDraws = tile.bridgeDraws
    inEventWindow = tile.inEventWindow
  }

  /// The mid when the orders of the step arrive, at `[asset * groups + group]`.
  @inline(__always)
  func arrival(_ index: Int) -> Lanes { interiors[index].arrival }

  /// The volatility that was drawn for the step, from open to close, likewise.
  @inline(__always)
  func volatility(_ index: Int) -> Lanes { interiors[index].volatility }
}
