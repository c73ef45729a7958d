import Documents

/// How the assets' diffusions depend on each other. A new kind is one file and one line in `Dependences.catalogue`.
package protocol Dependence: MarketModel {
  /// Correlations of the diffusive parts, in the order of the assets; of a copula, of the normals that it is made of.
  func correlations(of assets: [String]) -> [[Double]]
  /// ν of Student's copula of the innovations of a step; nil where they are jointly normal, as they are unless it says so.
  var copulaDegrees: Double? { get }
  /// Log move of each asset over that of the market, by the law itself; empty where it knows no market.
  ///
  /// - Parameter volatilities: of the assets, in their order, 1/√year.
  /// - Throws: a law by which there is none; fields are its own.
  func marketBetas(of assets: [String], volatilities: [Double]) throws(FormViolation) -> Named<Double>
}

extension Dependence {
  /// Jointly normal.
  package var copulaDegrees: Double? { nil }
  /// It knows no market.
  package func marketBetas(of assets: [String], volatilities: [Double]) throws(FormViolation) -> Named<Double> {
    Named()
  }
}
