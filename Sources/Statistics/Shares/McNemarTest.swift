/// Whether a property is likelier in one of two worlds, judged by the paths that have it in one of them alone.
///
/// Of b + c such paths the first world has b; if both worlds are equal, b ~ Binomial(b + c, ½). Exact and two-sided, without
/// mid-p: p = min(1, 2 P(K ≤ min(b, c))), 1 where no path differs.
/// Source: McNemar (1947), Psychometrika 12(2).
package struct McNemarTest: Sendable, Hashable {
  /// The probability of paths that tell the worlds apart at least as much, if both are equal.
  package let pValue: Double

  /// Judges paths that were counted.
  package init(_ shares: PairedShares) {
    let law = BinomialLaw(trials: shares.onlyFirst + shares.onlySecond, probability: 0.5)
    pValue = min(1, 2 * law.cumulative(min(shares.onlyFirst, shares.onlySecond)))
  }
}
