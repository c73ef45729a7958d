/// One asset of a scenario.
package struct AssetTerms: Sendable, Hashable {
  /// The asset's name.
  package let name: String
  /// Price at t = 0, quote currency per unit; above 0.
  package let price: Double
  /// How much can be traded.
  package let liquidity: Liquidity

  /// States an asset.
  package init(name: String, price: Double, liquidity: Liquidity) {
    self.name = name
    self.price = price
    self.liquidity = liquidity
  }
}
