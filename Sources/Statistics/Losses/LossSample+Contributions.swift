extension LossSample {
  /// What each path adds to an expected shortfall: VaR + (L − VaR)⁺/(1 − level), whose mean it is. So a difference of two
  /// shortfalls is a mean of differences where the paths are the same. In the order of the returns.
  ///
  /// Source: Rockafellar & Uryasev (2002), J. Banking & Finance 26(7), theorem 10: the shortfall is the least mean of such
  /// over all thresholds, so that the threshold's own error counts for nothing.
  package static func contributions(_ returns: [Double], level: Double) -> [Double] {
    guard !returns.isEmpty else { return [] }
    let losses = SortedSample(returns.map { -$0 })
    let threshold = losses.values[SortedSample.rank(level, of: losses.count) - 1]
    return returns.map { threshold + max(0, -$0 - threshold) / (1 - level) }
  }
}
