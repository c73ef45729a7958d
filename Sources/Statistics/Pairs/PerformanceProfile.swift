import Glibc

/// The share of paths whose number lies above each of some levels: a whole law at a glance, where a mean is one number.
///
/// Strictly above: rliable's `create_performance_profile`. The band ±√(ln(2/α)/2n) holds the whole profile at once, at every
/// level whatever the law (Dvoretzky, Kiefer and Wolfowitz, with Massart's constant); rliable's is a bootstrap at each level.
/// Source: Agarwal et al. (2021), NeurIPS 34; Massart (1990), Annals of Probability 18(3).
package struct PerformanceProfile: Sendable, Hashable {
  /// By level; none without paths.
  package let shares: [Double]
  private let count: Int

  /// The shares of `values` above `levels`.
  package init(_ values: [Double], above levels: [Double]) {
    count = values.count
    shares = values.isEmpty ? [] : levels.map { level in Double(values.count { $0 > level }) / Double(values.count) }
  }

  /// How far the profile of all paths may lie from this one, anywhere, with this confidence; at most 1.
  package func band(confidence: Double = Estimate.defaultConfidence) -> Double {
    guard count > 0 else { return 1 }
    return min(1, (log(2 / (1 - confidence)) / (2 * Double(count))).squareRoot())
  }
}
