import Documents

/// How the assets' diffusions depend on each other. A new kind is one file and one line in `Dependences.catalogue`.
package protocol Dependence: Sendable {
  /// Correlations of the diffusive parts, in the order of the assets.
  func correlations(of assets: [String]) -> [[Double]]
}

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

/// Two assets in no order.
package struct AssetPair: Sendable, Hashable {
  /// The name that comes first in order.
  package let first: String
  /// The other one.
  package let second: String

  /// A pair, in any order.
  package init(_ a: String, _ b: String) {
    first = min(a, b)
    second = max(a, b)
  }
}
