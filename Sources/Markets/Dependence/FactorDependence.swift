import Documents

/// Jointly normal diffusions with one factor in common, the market: of many assets without a matrix.
///
/// The correlation of two assets is the product of theirs with the market, so that any loadings give a law.
/// Source: W. Sharpe (1963), "A simplified model for portfolio analysis", Management Science 9(2).
package struct FactorDependence: Dependence {
  /// Each asset's correlation with the market factor, in −1…1; assets that are not named have 0.
  package let loadings: Named<Double>

  /// States the loadings.
  package init(_ loadings: Named<Double>) { self.loadings = loadings }

  package func correlations(of assets: [String]) -> [[Double]] {
    assets.map { first in
      assets.map { second in first == second ? 1 : (loadings[first] ?? 0) * (loadings[second] ?? 0) }
    }
  }

  package var limits: [String] { ["Assets have one factor in common and nothing else: no sector moves by itself."] }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "loadings", .named(.number(in: .between(-1, 1)), names: .of("asset"), count: 1...64),
      "correlation of each asset with the market factor; others have 0"),
    make: FactorDependence.init)
}
