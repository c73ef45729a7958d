import Lanes

/// What happens to one asset in one step, for eight paths at once.
///
/// Prices are those of the unaffected market: an agent's own impact is the venue's business. A step has two parts,
/// before and after the moment at which the orders of the step reach the venue; with no latency the part before is
/// empty and lies at the open.
@frozen @usableFromInline
package struct AssetStep: Sendable, Equatable {
  /// First mid of the step: the last close times the gap, jumps included. Quote currency per unit.
  @usableFromInline package var open: Lanes
  /// Highest mid of the step, of both parts.
  @usableFromInline package var high: Lanes
  /// Lowest mid of the step, of both parts.
  @usableFromInline package var low: Lanes
  /// Last mid of the step.
  @usableFromInline package var close: Lanes
  /// The mid when the orders of this step reach the venue; equal to `open` where latency has no fraction of a step.
  @usableFromInline package var arrival: Lanes
  /// Highest mid from open to arrival, both included.
  @usableFromInline package var highBefore: Lanes
  /// Lowest mid from open to arrival, both included.
  @usableFromInline package var lowBefore: Lanes
  /// Highest mid from arrival to close, both included.
  @usableFromInline package var highAfter: Lanes
  /// Lowest mid from arrival to close, both included.
  @usableFromInline package var lowAfter: Lanes
  /// Units of the asset traded by everyone else in the step.
  @usableFromInline package var volume: Lanes
  /// Half of the bid-ask spread as a fraction of the mid.
  @usableFromInline package var halfSpread: Lanes
  /// Units whose purchase or sale moves the price by 1 %: the file's figure times the events' multipliers.
  @usableFromInline package var depth: Lanes
  /// Standard deviation of the log price from open to close that was drawn for this step; not annualised. For recorded
  /// bars Parkinson's figure from the row's range.
  @usableFromInline package var volatility: Lanes

  /// A step in which nothing moves at one price, with nothing traded.
  package init(unmoved price: Lanes) {
    open = price
    high = price
    low = price
    close = price
    arrival = price
    highBefore = price
    lowBefore = price
    highAfter = price
    lowAfter = price
    volume = .zero
    halfSpread = .zero
    depth = .zero
    volatility = .zero
  }
}

/// One uniform number for each part of a step and path, the same for all desks: where the equity of an account with
/// several positions has its low, given the prices at both ends of the part.
@frozen @usableFromInline
package struct BridgeUniforms: Sendable, Equatable {
  /// For the part from open to arrival; in (0, 1).
  @usableFromInline package var before: Lanes
  /// For the part from arrival to close; in (0, 1).
  @usableFromInline package var after: Lanes

  /// Pairs the uniforms of both parts.
  package init(before: Lanes, after: Lanes) {
    self.before = before
    self.after = after
  }
}
