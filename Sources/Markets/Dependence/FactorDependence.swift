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

  /// The betas to the mean of all assets' log moves, of which the factor is all that moves them together:
  /// β_i = a_iσ_i / mean_j(a_jσ_j), with loadings a and volatilities σ. Their mean is 1.
  ///
  /// - Throws: loadings by which the mean hardly moves, or against most assets: some beta would be beyond ±10.
  package func marketBetas(of assets: [String], volatilities: [Double]) throws(FormViolation) -> Named<Double> {
    let moves = zip(assets, volatilities).map { (loadings[$0] ?? 0) * $1 }
    let mean = moves.reduce(0, +) / Double(max(1, moves.count))
    guard mean > 0, let most = moves.map(abs).max(), most <= 10 * mean else {
      throw FormViolation(
        "loadings",
        "an event moves \(quoted(Contagion.market)), the mean of all assets, and by these loadings some asset would move "
          + "more than 10 times as far: name an asset that moves first, or give more assets a loading above 0")
    }
    return Named(zip(assets, moves).map { (name: $0, value: $1 / mean) })
  }

  package var limits: [String] { ["Assets have one factor in common and nothing else: no sector moves by itself."] }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "loadings", .named(.number(in: .between(-1, 1)), names: .of("asset"), count: 1...64),
      "correlation of each asset with the market factor; others have 0"),
    make: FactorDependence.init)
}
