/// A sample in order, and the distribution-free figures that follow from the order alone.
package struct SortedSample: Sendable, Hashable {
  /// The numbers, ascending.
  package let values: [Double]

  /// Sorts finite numbers, one a path.
  ///
  /// - Complexity: O(n log n).
  package init(_ values: some Sequence<Double>) {
    // Of an array, for which the sort is compiled: that of any sequence is ten times slower.
    var sorted = Array(values)
    sorted.sort()
    self.values = sorted
    precondition(
      self.values.allSatisfy { $0.isFinite }, "Invariant: a sample holds finite numbers only")
  }

  /// Takes numbers that are in ascending order already.
  package init(sorted values: [Double]) {
    precondition(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "Invariant: the numbers are in order")
    precondition(values.allSatisfy { $0.isFinite }, "Invariant: a sample holds finite numbers only")
    self.values = values
  }

  /// How many numbers there are.
  package var count: Int { values.count }

  /// The rank, from 1, of the order statistic that is the quantile at `level`: ⌈n·level⌉, and 1 at level 0.
  ///
  /// The product is rounded down by a few ulp first, so that n = 100 and level = 0.07 give rank 7, not 8.
  package static func rank(_ level: Double, of count: Int) -> Int {
    let product = Double(count) * level
    return min(count, max(1, Int((product - 4 * product.ulp).rounded(.up))))
  }

  /// The ranks, from 1, between whose order statistics the quantile at `level` lies with at least `confidence`.
  ///
  /// With K ~ Binomial(n, level) the number of draws up to the quantile: low is the α/2 quantile of K, high the
  /// 1 − α/2 quantile plus one; 0 and n + 1 say that the sample sets no bound. n = 1000 at 0.05 gives 37 and 65.
  /// Source: David & Nagaraja, Order Statistics (2003), section 7.1.
  package static func ranks(_ level: Double, of count: Int, confidence: Double) -> (low: Int, high: Int) {
    let law = BinomialLaw(trials: count, probability: level)
    let tail = (1 - confidence) / 2
    return (law.quantile(tail), law.quantile(1 - tail) + 1)
  }

  /// The quantile at `level` in 0…1: an order statistic of the sample, with a distribution-free interval.
  ///
  /// Of the nine common sample quantiles it is the first, the inverse of the empirical law (Hyndman & Fan 1996, type 1;
  /// numpy's `inverted_cdf`). It is unknown for an empty sample; a bound is missing where the sample is too small. Where
  /// the whole sample is one number, nothing was seen that differs.
  package func quantile(_ level: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    precondition(level >= 0 && level <= 1, "Invariant: the level of a quantile lies in 0...1")
    guard count > 0 else { return .unknown(n: 0, confidence: confidence, method: .orderStatistics) }
    if count > 1, values[0] == values[count - 1] {
      return Estimate(
        value: values[0], low: nil, high: nil, confidence: confidence, n: count, method: .orderStatistics
      ).asNotSeen()
    }
    let ranks = SortedSample.ranks(level, of: count, confidence: confidence)
    let rank = SortedSample.rank(level, of: count)
    return Estimate(
      value: values[rank - 1],
      low: ranks.low >= 1 ? values[min(ranks.low, rank) - 1] : nil,
      high: ranks.high <= count ? values[max(ranks.high, rank) - 1] : nil,
      confidence: confidence, n: count, method: .orderStatistics)
  }
}
