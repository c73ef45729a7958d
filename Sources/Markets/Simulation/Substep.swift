/// A sub-step of the market, and where the arrival of the step's orders lies to it.
struct Substep: Sendable {
  /// Counted from t = 0.
  let number: Int
  /// Which of its step's, from 0.
  let part: Int
  /// Whether orders arrive after it.
  let isBeforeArrival: Bool
  /// Whether they arrive at its open.
  let arrivesAtOpen: Bool
  /// How far into it they arrive, as a fraction of it; 0 where they don't, or do at its open.
  let arrival: Double

  init(step: Int, part: Int, _ market: MarketDescription) {
    number = step * market.substeps + part
    self.part = part
    isBeforeArrival = part < market.arrivalSubstep
    let isArrival = part == market.arrivalSubstep
    arrival = isArrival ? market.arrivalWithin : 0
    arrivesAtOpen = isArrival && arrival == 0
  }
}
