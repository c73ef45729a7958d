import Documents

/// An event that moves one asset first, or the whole market: each asset then goes with it by its own beta.
package protocol MarketFollowing: MarketEvent {
  /// The asset that moves first, or `Contagion.market`.
  var asset: String { get }
  /// Move of each asset over that of the market, where the event moves that and does not say another; 1 of those that are not
  /// named.
  var marketBetas: Named<Double> { get set }
}

extension MarketFollowing {
  package var movesMarket: Bool { asset == Contagion.market }

  package func following(_ betas: Named<Double>) -> Self {
    var event = self
    if movesMarket { event.marketBetas = betas }
    return event
  }
}
