/// Wilcoxon's signed-rank test: whether differences lie symmetrically around zero.
///
/// Differences of 0 are left out (Wilcoxon; Pratt's way of ranking them is not ours), equal sizes share the mean of their
/// ranks. Up to fifty differences without equal sizes have the exact law; others the normal one with the correction for
/// ties and that for continuity: scipy's `wilcoxon(d, zero_method="wilcox", method="approx", correction=True)`.
/// Source: Wilcoxon (1945), Biometrics Bulletin 1(6); Hollander, Wolfe & Chicken (2014), section 3.1.
package struct SignedRankTest: Sendable, Hashable {
  /// Two-sided; 1 where nothing differs.
  package let pValue: Double

  /// Judges finite differences.
  ///
  /// - Complexity: O(n log n).
  package init(_ differences: [Double]) {
    var sorted = differences.filter { $0 != 0 }
    sorted.sort { abs($0) < abs($1) }
    var (positive, ties) = (0.0, 0.0)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, abs(sorted[end]) == abs(sorted[start]) { end += 1 }
      let rank = Double(start + 1 + end) / 2
      positive += rank * Double(sorted[start..<end].count { $0 > 0 })
      let size = Double(end - start)
      ties += size * size * size - size
      start = end
    }
    pValue = Self.pValue(positive: positive, of: sorted.count, ties: ties)
  }

  /// - Parameter ties: Σ(t³ − t) over groups of t equal sizes.
  private static func pValue(positive: Double, of count: Int, ties: Double) -> Double {
    guard count > 0 else { return 1 }
    let distance = positive - SignedRankLaw.mean(Double(count))
    if ties == 0, count <= SignedRankLaw.mostRanks {
      let smaller = SignedRankLaw.mean(Double(count)) - abs(distance)
      return min(1, 2 * SignedRankLaw(count: count).cumulative(Int(smaller.rounded())))
    }
    let error = (SignedRankLaw.variance(Double(count)) - ties / 48).squareRoot()
    return NormalLaw.twoSided(max(0, abs(distance) - 0.5) / error)
  }
}
