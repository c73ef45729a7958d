import Documents
import Statistics

/// Jointly normal diffusions with constant correlations.
package struct GaussianDependence: Dependence, Hashable {
  /// Correlation of each pair of assets, in −1…1; pairs that are not named have 0.
  package let correlations: [AssetPair: Double]

  /// Whether correlations that no assets can have together are replaced by the nearest that some can have; else they are
  /// refused.
  package let repair: Bool

  /// States the correlations.
  package init(_ correlations: [AssetPair: Double] = [:], repair: Bool = false) {
    self.correlations = correlations
    self.repair = repair
  }

  package func correlations(of assets: [String]) -> [[Double]] {
    let matrix = asWritten(assets)
    return repair && CholeskyFactor(matrix) == nil ? NearestCorrelation(matrix).matrix : matrix
  }

  /// What was changed where something was.
  package var limits: [String] {
    let matrix = asWritten(Set(correlations.keys.flatMap { [$0.first, $0.second] }).sorted())
    guard repair, !matrix.isEmpty, CholeskyFactor(matrix) == nil else { return [] }
    let distance = JSONWriter.number((NearestCorrelation(matrix).distance * 1e4).rounded() / 1e4)
    return [
      "No assets can have the file’s correlations together: the market has the nearest that some can have (Higham 2002), at a "
        + "distance of \(distance), the root of the sum of squared differences over the whole matrix."
    ]
  }

  private func asWritten(_ assets: [String]) -> [[Double]] {
    assets.map { first in
      assets.map { second in first == second ? 1 : correlations[AssetPair(first, second)] ?? 0 }
    }
  }
}

extension GaussianDependence {
  /// The fields in documents.
  package static let form = Form(
    Field("correlations", .correlations, default: [:], "correlation of each pair of assets, as \"A/B\"; others have 0"),
    Field(
      "repair", .boolean, default: false,
      "whether correlations that no assets can have together give way to the nearest that some can have; else they are refused"
    ),
    make: { GaussianDependence($0, repair: $1) })
}
