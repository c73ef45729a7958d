import Lanes

/// An order for one asset on eight paths, a record that is alike for all kinds; `MarketOrder.swift`, `StopOrder.swift` and
/// `LimitOrder.swift` say what each kind is.
package struct Order: Sendable {
  /// Signed quantity; 0 on paths without an order.
  package var quantity: Lanes
  /// The mid by which the decision is judged: the close at which it was decided, or the level at which it acts.
  package var decisionPrice: Lanes
  /// The price that the order waits for; without meaning for an order that does not rest.
  package var trigger: Lanes
  /// Where it waits for the price to fall to its trigger; elsewhere it waits for a rise.
  var waitsForFall: Mask
  /// The worst price that it takes, half-spread and impact included; nil for an order that takes any. Its quantity is wanted
  /// whether it is reached or not; that of an order without limit only once it is.
  package let limit: Lanes?
  /// Where an order with a limit may fill.
  var mayFill = Mask.all
  /// Whether it waits for its trigger, rather than fill when it arrives.
  package let rests: Bool
  /// Why it is there; says too how its costs are booked.
  package let reason: Fill.Reason

  @inline(__always)
  init(
    quantity: Lanes, decisionPrice: Lanes, trigger: Lanes = .zero, waitsForFall: Mask = .none, limit: Lanes? = nil,
    rests: Bool, reason: Fill.Reason
  ) {
    self.quantity = quantity
    self.decisionPrice = decisionPrice
    self.trigger = trigger
    self.waitsForFall = waitsForFall
    self.limit = limit
    self.rests = rests
    self.reason = reason
  }

  /// No order.
  static var none: Order { .market(.zero, decidedAt: .zero) }

  /// Where the prices of a part of a step touch the trigger.
  @inline(__always)
  func isTouched(low: Lanes, high: Lanes) -> Mask {
    let touched = (waitsForFall & (low .<= trigger)) | (!waitsForFall & (high .>= trigger))
    return touched & (quantity .!= 0)
  }

  /// The first price at or beyond the trigger on the way from `start`: itself, unless a gap or a jump has passed it.
  @inline(__always)
  func firstPrice(from start: Lanes, trigger: Lanes) -> Lanes {
    select(waitsForFall, min(trigger, start), max(trigger, start))
  }
}
