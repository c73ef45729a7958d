/// A number of each path in two worlds, and how the first differs from the second on the same path.
package struct PairedSample: Sendable, Hashable {
  /// The number in the first world less that in the second, path by path.
  package let differences: [Double]
  /// The share of the variance of a difference of means that pairing takes away, 1 − Var(A − B)/(Var A + Var B).
  ///
  /// What the same number of paths of its own for each world would have, less what common paths leave. 0 where pairing
  /// does nothing, below it where it harms. Unknown under two paths, and where neither world has any spread.
  package let varianceSaved: Double?

  /// Takes finite numbers of both worlds, in the order of the paths.
  package init(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "Invariant: both worlds have the same paths")
    differences = zip(first, second).map { $0 - $1 }
    let apart = (Moments(first).variance ?? 0) + (Moments(second).variance ?? 0)
    let ratio = (Moments(differences).variance ?? .nan) / apart
    varianceSaved = ratio.isFinite ? 1 - ratio : nil
  }

  /// The paths on which the first world has the larger number, and those on which the second has.
  private var larger: PairedShares {
    PairedShares(
      onlyFirst: differences.count { $0 > 0 }, onlySecond: differences.count { $0 < 0 }, of: differences.count)
  }

  /// P(A > B) + ½P(A = B) on the same path, with Tango's interval: that of P(A > B) − P(A < B), brought to 0…1.
  ///
  /// Where both are equal on all paths it is a half, and nothing was seen that differs.
  package func superiority(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let difference = larger.estimate(confidence: confidence)
    func share(_ difference: Double?) -> Double? { difference.map { (1 + $0) / 2 } }
    return Estimate(
      value: share(difference.value), low: share(difference.low), high: share(difference.high),
      confidence: confidence, n: difference.n, method: .tango, evidence: difference.evidence)
  }
}
