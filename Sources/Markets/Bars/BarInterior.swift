import Lanes

/// What only the venue may use of one asset's step, for eight paths at once: where the price was inside it.
///
/// A step has two parts, before and after the moment at which the orders of the step reach the venue; with no latency
/// the part before is empty and lies at the open. Prices are those of the unaffected market.
@frozen @usableFromInline
package struct BarInterior: Sendable, Equatable {
  /// The mid when the orders of this step reach the venue; the open where latency has no fraction of a step.
  @usableFromInline package var arrival: Lanes
  /// Highest mid from open to arrival, both included.
  @usableFromInline package var highBefore: Lanes
  /// Lowest mid from open to arrival, both included.
  @usableFromInline package var lowBefore: Lanes
  /// Highest mid from arrival to close, both included.
  @usableFromInline package var highAfter: Lanes
  /// Lowest mid from arrival to close, both included.
  @usableFromInline package var lowAfter: Lanes
  /// The largest standard deviation of the log price (or of the price over that at t = 0: `PriceScale`) over a sub-step that was drawn in this step; not annualised. With one
  /// sub-step that from open to close; for recorded bars Parkinson's figure from the row's range.
  @usableFromInline package var deviation: Lanes
  /// How much longer than the file's half-life the book takes to refill; 1 without events.
  @usableFromInline package var refillHalfLife: Lanes
  /// Where trading stands still from the open on, until orders arrive or longer: nothing that waits for a price acts.
  @usableFromInline package var haltedAtOpen: Mask
  /// Where trading stands still when the orders of this step arrive: none of them fills.
  @usableFromInline package var haltedAtArrival: Mask

  /// The inside of a step in which nothing moves at one price.
  package init(unmoved price: Lanes) {
    arrival = price
    highBefore = price
    lowBefore = price
    highAfter = price
    lowAfter = price
    deviation = .zero
    refillHalfLife = .one
    haltedAtOpen = .none
    haltedAtArrival = .none
  }
}
