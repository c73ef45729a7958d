import Trading

/// A cost term's name as reports write it.
func termText(_ term: CostTerm) -> String {
  switch term {
  case .halfSpread: "half-spread"
  case .opportunity: "unfilled"
  default: term.name
  }
}
