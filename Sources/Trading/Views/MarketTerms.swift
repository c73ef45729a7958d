import MarketData
import Markets

/// What agents and risk rules may know about a market before any path is drawn: what anybody who trades there knows.
///
/// Not among it: correlations and processes, events, severity.
package struct MarketTerms: Sendable {
  /// Names of the assets, in order; their indices are used everywhere.
  package let assets: [String]
  /// Prices at t = 0, quote currency per unit.
  package let initialPrices: [Double]
  /// How prices move, by asset: which may come to be negative, as their contracts say.
  package let scales: [PriceScale]
  /// Liquidity of each asset in calm times.
  package let liquidity: [Liquidity]
  /// Whether the market shows a signal of an asset's returns, by asset.
  package let showsSignals: [Bool]
  /// Steps, warm-up, calendar.
  package let clock: Clock
  /// Closes, from that at t = 0 on, at which an order can be sent that arrives before the horizon; at least 0.
  package let decisions: Int
  /// What the venue asks.
  package let venue: VenueTerms

  /// What may be known of a market.
  package init(_ market: MarketDescription) {
    assets = market.assets
    initialPrices = market.initialPrices
    scales = market.scales
    liquidity = market.liquidity
    showsSignals = market.showsSignals
    clock = market.clock
    decisions = max(0, market.clock.steps - market.delaySteps)
    venue = market.venue
  }
}
