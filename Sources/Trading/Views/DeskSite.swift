/// Where an agent or a rule of a desk is to work: what it gets to know when its state for a tile is made.
package struct DeskSite {
  /// What may be known of the market.
  package let market: MarketTerms
  /// Lane groups in the tile.
  package let groups: Int
  /// What all desks of the panel derive from the same bars.
  package let estimates: SharedEstimates
  /// Weights q·X/E at t = 0 of the positions that the account starts with, by asset; empty where all is cash.
  package let openingWeights: [Double]

  /// States a site.
  package init(
    _ market: MarketTerms, groups: Int, estimates: SharedEstimates, openingWeights: [Double] = []
  ) {
    self.market = market
    self.openingWeights = openingWeights
    self.groups = groups
    self.estimates = estimates
  }
}
