/// The terms into which an implementation shortfall is split, each in quote currency, positive when it costs.
///
/// A term is its case here and the place where it arises: columns of the store, summary and charts follow from it.
/// Source: Perold (1988), Journal of Portfolio Management 14(3); the exact split rests on the unaffected mid that a
/// simulator knows.
package enum CostTerm: Int, Sendable, Hashable, CodedByName {
  /// |q|·X·h.
  case halfSpread
  /// What the desk's own pressure on the price costs: q·p less mid and half-spread.
  case impact
  /// The venue's fee on the traded notional.
  case fees
  /// q·(arrival mid − decision price).
  case delay
  /// q·(mid at the fill − arrival mid): a stop that fills beyond its level.
  case drift
  /// What wasn't filled: (Q − q)·(close − decision price).
  case opportunity
  /// Interest on borrowed cash, funding, and fees on what is sold short.
  case financing
  /// All that a forced sale costs: half-spread, impact, fee and liquidation fee.
  case liquidation

  /// Whether the term is part of the execution cost; all terms together are the shortfall.
  package var isExecution: Bool {
    switch self {
    case .halfSpread, .impact, .fees: true
    case .delay, .drift, .opportunity, .financing, .liquidation: false
    }
  }

  /// What it is, for the documentation of the store.
  package var summary: String {
    switch self {
    case .halfSpread: "half-spread on what was filled"
    case .impact: "what the desk's own pressure on the price costs"
    case .fees: "the venue's fee on the traded notional"
    case .delay: "from the decision price to the mid at the order's arrival, on what was filled"
    case .drift: "from there to the mid at the fill: a stop that fills beyond its level"
    case .opportunity: "from the decision price to the close, on what wasn't filled"
    case .financing: "interest on borrowed cash, funding, and fees on short positions"
    case .liquidation: "all that a forced sale costs"
    }
  }
}

/// The notional against which costs are measured: Σ|quantity|·P at the decision prices of the orders, in quote currency;
/// at the starting price where prices may be negative.
package enum TradedNotional: Int, Sendable, Hashable, CaseIterable {
  /// Of what was asked for; of what an order has left and the next one asks for again, once (`OrderRests`).
  case wanted
  /// Of what was filled.
  case filled

  /// What it is, for the documentation of the store.
  package var summary: String {
    switch self {
    case .wanted: "traded notional asked for, at decision prices; a rest that is asked for again counts once"
    case .filled: "traded notional filled, at decision prices"
    }
  }
}

/// When a cost arises: outside or inside the windows of the scenario's events, which are the same for all desks.
package enum CostWindow: Int, Sendable, Hashable, CaseIterable {
  case calm, event
}
