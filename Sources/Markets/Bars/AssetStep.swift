import Lanes

/// What anybody in the market may see of one asset once a step has closed, for eight paths at once.
///
/// Prices are those of the unaffected market: an agent's own impact is the venue's business. What only the venue may use,
/// since it tells where the price was inside the step, is in `BarInterior`.
@frozen @usableFromInline
package struct AssetStep: Sendable, Equatable {
  /// First mid of the step: the last close times the gap, jumps included. Quote currency per unit.
  @usableFromInline package var open: Lanes
  /// Highest mid of the step.
  @usableFromInline package var high: Lanes
  /// Lowest mid of the step.
  @usableFromInline package var low: Lanes
  /// Last mid of the step.
  @usableFromInline package var close: Lanes
  /// Units of the asset traded by everyone else in the step.
  @usableFromInline package var volume: Lanes
  /// Half of the bid-ask spread as a fraction of the mid.
  @usableFromInline package var halfSpread: Lanes
  /// Units whose purchase or sale moves the price by 1 %: the file's figure times the events' multipliers.
  @usableFromInline package var depth: Lanes
  /// Where trading stands still at the close.
  @usableFromInline package var halted: Mask

  /// A step in which nothing moves at one price, with nothing traded.
  package init(unmoved price: Lanes) {
    open = price
    high = price
    low = price
    close = price
    volume = .zero
    halfSpread = .zero
    depth = .zero
    halted = .none
  }
}
