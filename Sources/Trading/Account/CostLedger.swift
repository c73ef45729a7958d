import Lanes

/// What trading has cost a desk so far on eight paths, calm and event windows apart.
package struct CostLedger: Sendable {
  private var calm = CostAmounts()
  private var event = CostAmounts()
  /// What a paper account would have earned that trades at decision prices, for nothing and in full.
  package private(set) var paperGain = Lanes.zero
  /// Orders sent and stops triggered.
  package private(set) var orders = Lanes.zero

  /// The sums of one kind of window.
  package subscript(window: CostWindow) -> CostAmounts {
    switch window {
    case .calm: calm
    case .event: event
    }
  }

  /// Lets the mark of a position move: the paper account holds what the desk holds.
  @inline(__always)
  mutating func mark(_ quantity: Lanes, from last: Lanes, to close: Lanes) {
    paperGain = fma(quantity, close - last, paperGain)
  }

  /// Books all that a fill costs, and what is missed of it.
  ///
  /// A forced sale's half-spread, impact and fee are the liquidation's cost. What was wanted and not filled is judged at
  /// the step's close.
  mutating func book(_ fill: Fill, close: Lanes, inEventWindow: Mask) {
    var amounts = CostAmounts()
    if fill.reason == .liquidation {
      amounts[.liquidation] = fill.halfSpread + fill.impact + fill.fee
    } else {
      amounts[.halfSpread] = fill.halfSpread
      amounts[.impact] = fill.impact
      amounts[.fees] = fill.fee
    }
    amounts[fill.reason.slipTerm] = fill.quantity * (fill.mid - fill.decisionPrice)
    amounts[.opportunity] = (fill.wanted - fill.quantity) * (close - fill.decisionPrice)
    amounts[.wanted] = abs(fill.wanted) * fill.decisionPrice
    amounts[.filled] = abs(fill.quantity) * fill.decisionPrice
    book(amounts, inEventWindow: inEventWindow)
    paperGain = fma(fill.wanted, close - fill.decisionPrice, paperGain)
    if fill.reason.isOrder { orders += select(fill.wanted .!= 0, .one, .zero) }
  }

  /// Books one term that no fill brings, such as interest.
  mutating func book(_ amount: Lanes, as term: CostTerm, inEventWindow: Mask) {
    var amounts = CostAmounts()
    amounts[term] = amount
    book(amounts, inEventWindow: inEventWindow)
  }

  /// Books amounts into the window that each path is in.
  @inline(__always)
  private mutating func book(_ amounts: CostAmounts, inEventWindow: Mask) {
    if inEventWindow.isNone {
      calm.add(amounts)
    } else if inEventWindow.isAll {
      event.add(amounts)
    } else {
      calm.add(amounts, where: !inEventWindow)
      event.add(amounts, where: inEventWindow)
    }
  }
}
