/// How the assets' diffusions depend on each other. A new kind is one file and one line in `Dependences.catalogue`.
package protocol Dependence: MarketModel {
  /// Correlations of the diffusive parts, in the order of the assets.
  func correlations(of assets: [String]) -> [[Double]]
}
