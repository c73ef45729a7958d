/// How the assets' diffusions depend on each other. A new kind is one file and one line in `Dependences.catalogue`.
package protocol Dependence: MarketModel {
  /// Correlations of the diffusive parts, in the order of the assets; of a copula, of the normals that it is made of.
  func correlations(of assets: [String]) -> [[Double]]
  /// ν of Student's copula of the innovations of a step; nil where they are jointly normal, as they are unless it says so.
  var copulaDegrees: Double? { get }
}

extension Dependence {
  /// Jointly normal.
  package var copulaDegrees: Double? { nil }
}
