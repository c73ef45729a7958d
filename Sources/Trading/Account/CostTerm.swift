/// The terms into which an implementation shortfall is split, each in quote currency, positive when it costs.
///
/// Execution cost is `halfSpread` + `impact` + `fees`; the others stand beside it, and all together are the shortfall.
/// Source: Perold (1988), Journal of Portfolio Management 14(3); the exact split rests on the unaffected mid that a
/// simulator knows.
package enum CostTerm: Int, Sendable, Hashable, CaseIterable {
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
  /// Interest on borrowed cash.
  case financing
  /// All that a forced sale costs: half-spread, impact, fee and liquidation fee.
  case liquidation

  /// Whether the term is part of the execution cost.
  package var isExecution: Bool { rawValue <= CostTerm.fees.rawValue }
}
