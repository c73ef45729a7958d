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
  package var calm = Window()
  /// Inside an event's window.
  package var event = Window()

  /// Books amounts into the window that each path is in.
  @inline(__always)
  mutating func book(_ amounts: Window, inEventWindow: Mask) {
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
