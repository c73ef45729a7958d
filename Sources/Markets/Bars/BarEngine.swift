import Lanes

/// What makes a market's sub-steps when nothing happens to it, and dresses them with what does: from price processes or
/// from recorded bars. Confined to one tile.
package protocol BarEngine: AnyObject {
  /// The drawn parameters.
  var parameters: [PathParameter] { get }
  /// What agents may see of an asset's signal at the last close, by lane group, 1/year; empty where none is shown.
  func shownSignal(of asset: Int) -> ContiguousArray<Lanes>
  /// Starts new paths.
  func reset(_ paths: TilePaths)
  /// Starts the same paths again at their first warm-up step.
  func restart()
  /// Draws the moves of one sub-step, by asset and lane group; sub-steps come in order.
  func draw(_ time: VarianceTime, _ effects: MarketEffects, _ moves: inout [ContiguousArray<LogMove>])
  /// Makes the prices of a sub-step from its moves, and takes the log prices to its close.
  ///
  /// - Parameters:
  ///   - arrival: how far into the sub-step orders arrive, as a fraction of it; 0 at its open, or where none do.
  ///   - drawsOpen: whether the open must be computed; otherwise it is the last close where the gap is 0.
  ///   - logPrices: base log prices over those at t = 0, [asset × groups + group], from the last close to this one.
  ///   - bars: the last sub-step's bars, which become this one's, likewise.
  ///   - interiors: what only the venue may use of them, likewise.
  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>],
    _ effects: MarketEffects, _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>)
  /// Writes the volume, half-spread and depth of a whole step.
  ///
  /// - Parameter effects: the events' factors over the step.
  func makeLiquidity(_ step: Int, _ effects: [AssetEffects], _ bars: inout ContiguousArray<AssetStep>)
}

extension BarEngine {
  /// None.
  package func shownSignal(of asset: Int) -> ContiguousArray<Lanes> { [] }
}

/// An engine that knows the price between open and close, as a bridge that may be split where events turn.
protocol BridgedBarEngine: BarEngine {
  /// L with LLᵀ the correlations of the assets' bridges; nil where they are independent.
  var factor: CholeskyFactor? { get }
  /// What the assets' extremes have in common; nil where they are independent.
  var extremes: ExtremesDependence? { get }
  /// The numbers of an asset's bars.
  func terms(_ asset: Int) -> BarTerms
  /// What an asset's extremes were drawn from in a part of the sub-step that was made last.
  func extremes(_ asset: Int, _ group: Int, substep: Int, isBeforeArrival: Bool) -> ExtremesDraw
  /// On which paths the other one of them was drawn first than in calm.
  func isTurned(_ asset: Int, _ group: Int, isBeforeArrival: Bool) -> Mask
}
