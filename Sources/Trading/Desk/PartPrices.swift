import Lanes
import Markets

/// One asset's prices in a part of a step: its ends and its extremes.
struct PartPrices {
  let start: Lanes
  let low: Lanes
  let high: Lanes
  let end: Lanes

  /// The prices at `[asset * groups + group]` in a part of the market's step.
  @inline(__always)
  init(_ market: MarketStep, _ index: Int, _ part: StepPart) {
    let bar = market.bars[index]
    let inside = market.interiors[index]
    switch part {
    case .beforeArrival:
      (start, low, high, end) = (bar.open, inside.lowBefore, inside.highBefore, inside.arrival)
    case .afterArrival:
      (start, low, high, end) = (inside.arrival, inside.lowAfter, inside.highAfter, bar.close)
    }
  }

  /// The extreme that hurts the position.
  @inline(__always)
  func adverse(_ quantity: Lanes) -> Lanes { select(quantity .> 0, low, high) }
}
