import Lanes

/// What trading has cost a desk so far on eight paths, calm and event windows apart.
struct CostLedger: Sendable {
  private var calm = CostAmounts()
  private var event = CostAmounts()
  /// What a paper account gains that trades at decision prices, for nothing and in full, less what the desk's positions
  /// are worth at their marks: it changes with fills only, and is the paper gain itself once nothing is held.
  private(set) var paperGain = Lanes.zero
  /// Orders sent and stops triggered.
  private(set) var orders = Lanes.zero

  /// Nothing traded yet, with positions of some value at t = 0, which the paper account holds as well.
  init(holding value: Double = 0) { paperGain = Lanes(-value) }

  /// The sums of one kind of window.
  subscript(window: CostWindow) -> CostAmounts {
    switch window {
    case .calm: calm
    case .event: event
    }
  }

  /// Books all that a fill costs, and what is missed of it.
  ///
  /// A forced sale's half-spread, impact and fee are the liquidation's cost. What was wanted and not filled is judged at
  /// the step's close; on paper it is traded too.
  @inline(__always)
  mutating func book(_ fill: Fill, close: Lanes, inEventWindow: Mask) {
    if inEventWindow.isNone {
      Self.add(fill, close: close, to: &calm) { $0 }
    } else if inEventWindow.isAll {
      Self.add(fill, close: close, to: &event) { $0 }
    } else {
      Self.add(fill, close: close, to: &calm) { select(inEventWindow, .zero, $0) }
      Self.add(fill, close: close, to: &event) { select(inEventWindow, $0, .zero) }
    }
    paperGain = fma(fill.wanted, close - fill.decisionPrice, fma(-fill.quantity, close, paperGain))
    if fill.reason.isOrder { orders += select(fill.wanted .!= 0, .one, .zero) }
  }

  /// Adds the terms of a fill to the amounts of a window, which keeps a part of each.
  @inline(__always)
  private static func add(
    _ fill: Fill, close: Lanes, to amounts: inout CostAmounts, _ kept: (Lanes) -> Lanes
  ) {
    if fill.reason.isForced {
      amounts[.liquidation] += kept(fill.halfSpread + fill.impact + fill.fee)
    } else {
      amounts[.halfSpread] += kept(fill.halfSpread)
      amounts[.impact] += kept(fill.impact)
      amounts[.fees] += kept(fill.fee)
    }
    amounts[fill.reason.slipTerm] += kept(fill.quantity * (fill.mid - fill.decisionPrice))
    amounts[.opportunity] += kept((fill.wanted - fill.quantity) * (close - fill.decisionPrice))
    amounts[.wanted] += kept(abs(fill.wanted) * fill.decisionValue)
    amounts[.filled] += kept(abs(fill.quantity) * fill.decisionValue)
  }

  /// Books what orders that cancel each other on their way would have gained on paper: what is missed of it.
  mutating func bookMissed(_ gain: Lanes, inEventWindow: Mask) {
    paperGain += gain
    book(gain, as: .opportunity, inEventWindow: inEventWindow)
  }

  /// Takes a notional back from what was wanted: it is asked for again, and counts there.
  mutating func takeBack(_ notional: Lanes, inEventWindow: Mask) {
    calm[.wanted] -= select(inEventWindow, .zero, notional)
    event[.wanted] -= select(inEventWindow, notional, .zero)
  }

  /// Books one term that no fill brings, such as interest.
  mutating func book(_ amount: Lanes, as term: CostTerm, inEventWindow: Mask) {
    calm[term] += select(inEventWindow, .zero, amount)
    event[term] += select(inEventWindow, amount, .zero)
  }
}
