import Documents

/// Student's t copula: innovations of a step that are normal one by one, and have their extremes together.
///
/// The correlations are those of the normals behind: Kendall's rank correlation of two assets is (2/π)·asin ρ, as under the
/// normal copula, and the tail dependence is λ = 2t_{ν+1}(−√((ν + 1)(1 − ρ)/(1 + ρ))), which is above 0 for independent normals
/// too. As ν grows, it becomes the normal copula.
/// Sources: S. Demarta & A. J. McNeil (2005), "The t copula and related copulas", International Statistical Review 73(1),
/// sections 2.1 and 3; P. Embrechts, F. Lindskog & A. McNeil (2003), "Modelling dependence with copulas", theorem 5.4, for τ.
package struct StudentDependence: Dependence, Hashable {
  /// Degrees of freedom ν, above 2.
  package let degrees: Double
  /// The normals behind it.
  private let normals: GaussianDependence

  /// States the copula.
  ///
  /// - Parameters:
  ///   - correlations: of each pair of assets, in −1…1; pairs that are not named have 0.
  ///   - repair: whether correlations that no assets can have together are replaced by the nearest that some can have.
  package init(degrees: Double, _ correlations: [AssetPair: Double] = [:], repair: Bool = false) {
    precondition(degrees > 2, "Invariant: Student's copula has more than two degrees of freedom here")
    self.degrees = degrees
    normals = GaussianDependence(correlations, repair: repair)
  }

  package func correlations(of assets: [String]) -> [[Double]] { normals.correlations(of: assets) }

  package var copulaDegrees: Double? { degrees }

  package var streamNames: [String] { [StreamName.mixing] }

  package var limits: [String] {
    [
      "Assets have their worst steps together, from close to close. Over many steps that fades, as sums become jointly normal; "
        + "inside a step, and in what events blend correlations towards, prices are jointly normal."
    ] + normals.limits
  }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "degrees", .number(in: .above(2, atMost: 1000)),
      "degrees of freedom: the fewer, the more often assets have their extremes together"),
    Field(
      "correlations", .correlations, default: [:],
      "correlation of each pair of assets, as \"A/B\", in the normals behind; others have 0"),
    Field(
      "repair", .boolean, default: false,
      "whether correlations that no assets can have together give way to the nearest that some can have; else they are refused"
    ),
    make: { StudentDependence(degrees: $0, $1, repair: $2) })
}
