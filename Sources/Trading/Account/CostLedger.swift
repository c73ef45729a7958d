import Lanes

/// What trading has cost a desk so far on eight paths, in quote currency, calm and event window apart.
package struct CostLedger: Sendable {
  /// One window's sums.
  package struct Window: Sendable {
    package var halfSpread = Lanes.zero
    package var impact = Lanes.zero
    package var fees = Lanes.zero
    package var delay = Lanes.zero
    package var drift = Lanes.zero
    package var opportunity = Lanes.zero
    package var financing = Lanes.zero
    package var liquidation = Lanes.zero
    /// Σ|Q|·P over orders, at their decision prices.
    package var wantedNotional = Lanes.zero
    /// Σ|q|·P over fills, at the decision prices of their orders.
    package var filledNotional = Lanes.zero

    /// Adds an amount.
    @inline(__always)
    mutating func add(_ other: Window) {
      halfSpread += other.halfSpread
      impact += other.impact
      fees += other.fees
      delay += other.delay
      drift += other.drift
      opportunity += other.opportunity
      financing += other.financing
      liquidation += other.liquidation
      wantedNotional += other.wantedNotional
      filledNotional += other.filledNotional
    }

    /// The same amounts where `mask` is set, 0 elsewhere.
    @inline(__always)
    func masked(_ mask: Mask) -> Window {
      var window = Window()
      window.halfSpread = select(mask, halfSpread, .zero)
      window.impact = select(mask, impact, .zero)
      window.fees = select(mask, fees, .zero)
      window.delay = select(mask, delay, .zero)
      window.drift = select(mask, drift, .zero)
      window.opportunity = select(mask, opportunity, .zero)
      window.financing = select(mask, financing, .zero)
      window.liquidation = select(mask, liquidation, .zero)
      window.wantedNotional = select(mask, wantedNotional, .zero)
      window.filledNotional = select(mask, filledNotional, .zero)
      return window
    }

    /// All eight terms of the shortfall.
    package var total: Lanes {
      halfSpread + impact + fees + delay + drift + opportunity + financing + liquidation
    }
  }

  /// Outside every event's window.
  package private(set) var calm = Window()
  /// Inside an event's window.
  package private(set) var event = Window()
  /// What a paper account would have earned that trades at decision prices, for nothing and in full.
  package private(set) var paperGain = Lanes.zero
  /// Orders sent and stops triggered.
  package private(set) var orders = Lanes.zero

  /// Lets the mark of a position move: the paper account holds what the desk holds.
  @inline(__always)
  mutating func mark(_ quantity: Lanes, from last: Lanes, to close: Lanes) {
    paperGain = fma(quantity, close - last, paperGain)
  }

  /// Books all that a fill costs, and what is missed of it.
  ///
  /// A forced sale's half-spread, impact and fee are the liquidation's cost. What was wanted and not filled is judged at
  /// the step's close.
  @inline(__always)
  mutating func book(_ fill: Fill, close: Lanes, inEventWindow: Mask) {
    var amounts = Window()
    if fill.reason == .liquidation {
      amounts.liquidation = fill.halfSpread + fill.impact + fill.fee
    } else {
      amounts.halfSpread = fill.halfSpread
      amounts.impact = fill.impact
      amounts.fees = fill.fee
    }
    let slip = fill.quantity * (fill.mid - fill.decisionPrice)
    switch fill.reason.slipTerm {
    case .drift: amounts.drift = slip
    default: amounts.delay = slip
    }
    amounts.opportunity = (fill.wanted - fill.quantity) * (close - fill.decisionPrice)
    amounts.wantedNotional = abs(fill.wanted) * fill.decisionPrice
    amounts.filledNotional = abs(fill.quantity) * fill.decisionPrice
    book(amounts, inEventWindow: inEventWindow)
    paperGain = fma(fill.wanted, close - fill.decisionPrice, paperGain)
    if fill.reason.isOrder { orders += select(fill.wanted .!= 0, .one, .zero) }
  }

  /// Books interest on borrowed cash.
  @inline(__always)
  mutating func bookFinancing(_ interest: Lanes, inEventWindow: Mask) {
    var amounts = Window()
    amounts.financing = interest
    book(amounts, inEventWindow: inEventWindow)
  }

  /// Books amounts into the window that each path is in.
  @inline(__always)
  private mutating func book(_ amounts: Window, inEventWindow: Mask) {
    if inEventWindow.isNone {
      calm.add(amounts)
    } else if inEventWindow.isAll {
      event.add(amounts)
    } else {
      calm.add(amounts.masked(!inEventWindow))
      event.add(amounts.masked(inEventWindow))
    }
  }
}
