extension PathFill {
  /// What the fill cost by terms, in quote currency, positive where it costs, in the order of the terms: as the ledger books
  /// it. What its order has missed, since less was filled than was asked for, is not in it.
  package var costs: [(term: CostTerm, amount: Double)] {
    let slip = (reason.slipTerm, quantity * (mid - decisionPrice))
    guard reason.isForced else {
      return [(.halfSpread, halfSpread), (.impact, impact), (.fees, fee), slip]
    }
    return [slip, (.liquidation, halfSpread + impact + fee)]
  }
}
