import Documents

/// Jointly normal diffusions with constant correlations.
package struct GaussianDependence: Dependence, Hashable {
  /// Correlation of each pair of assets, in −1…1; pairs that are not named have 0.
  package let correlations: [AssetPair: Double]

  /// States the correlations.
  package init(_ correlations: [AssetPair: Double] = [:]) { self.correlations = correlations }

  package func correlations(of assets: [String]) -> [[Double]] {
    assets.map { first in
      assets.map { second in first == second ? 1 : correlations[AssetPair(first, second)] ?? 0 }
    }
  }
}

extension GaussianDependence {
  /// The fields in documents.
  package static let form = Form(
    Field("correlations", .correlations, default: [:], "correlation of each pair of assets, as \"A/B\"; others have 0"),
    make: { GaussianDependence($0) })
}
