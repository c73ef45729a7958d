import Lanes

/// What makes a market's steps when nothing happens to it, and dresses them with what does: from price processes or
/// from recorded bars. Confined to one tile.
package protocol BarEngine: AnyObject {
  /// The drawn parameters.
  var parameters: [PathParameter] { get }
  /// Starts new paths.
  func reset(_ paths: TilePaths)
  /// Starts the same paths again at their first warm-up step.
  func restart()
  /// Draws the moves of one step, by asset and lane group; steps come in order.
  func draw(_ time: VarianceTime, _ effects: [AssetEffects], _ moves: inout [ContiguousArray<LogMove>])
  /// Makes the bars of the step from its moves, and takes the log prices to its close.
  ///
  /// - Parameters:
  ///   - drawsOpen: whether the open must be computed; otherwise it is the last close where the gap is 0.
  ///   - logPrices: base log prices over those at t = 0, [asset × groups + group], from the last close to this one.
  ///   - bars: the last step's bars, which become this step's, likewise.
  ///   - interiors: what only the venue may use of them, likewise.
  func makeBars(
    _ time: VarianceTime, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>], _ effects: [AssetEffects],
    _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>)
}

/// An engine that knows the price between open and close, as a bridge that may be split where events turn.
protocol BridgedBarEngine: BarEngine {
  /// Splits the step of one asset and lane group where events turn.
  func split(
    _ asset: Int, _ split: KnotSplit, _ knots: ContiguousArray<KnotSplit.Knot>, _ bar: inout AssetStep,
    _ interior: inout BarInterior)
}
