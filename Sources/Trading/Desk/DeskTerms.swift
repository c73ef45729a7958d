import Markets

/// What a study says about every desk's account.
package struct DeskTerms: Sendable {
  /// Starting equity in quote currency, above 0.
  package let startEquity: Double
  /// What every desk holds at t = 0, by asset; empty where all is cash.
  package let opening: [OpeningPosition]
  /// When a desk counts as ruined.
  package let ruin: RuinTerms
  /// From when on recovery is watched.
  package let recoveryClock: RecoveryClock

  /// Terms for every desk of a study.
  package init(
    startEquity: Double, opening: [OpeningPosition] = [], ruin: RuinTerms, recoveryClock: RecoveryClock
  ) {
    self.startEquity = startEquity
    self.opening = opening
    self.ruin = ruin
    self.recoveryClock = recoveryClock
  }
}

extension DeskTerms {
  /// What is held at t = 0, signed, by asset.
  package func openingQuantities(_ market: MarketDescription) -> [Double] {
    opening.isEmpty ? market.assets.map { _ in 0 } : opening.map(\.quantity)
  }

  /// q·X/E at t = 0 of what is held then, by asset; empty where all is cash.
  package func openingWeights(_ market: MarketDescription) -> [Double] {
    zip(opening, market.initialPrices).map { $0.quantity * $1 / startEquity }
  }
}
