/// The centre of a sample of differences that its signed ranks see: the median of all Walsh averages.
///
/// Of a symmetric law it is the median and the mean; a few paths far out hardly move it. The interval holds all centres that
/// ``SignedRankTest`` does not reject, by the same law: exact up to fifty differences, beyond them normal with the correction
/// for continuity. All differences count, also those of 0; where the middle ones are all the same number, both ends may be
/// that number.
/// Source: Hodges & Lehmann (1963), Annals of Mathematical Statistics 34(2); Hollander, Wolfe & Chicken (2014), section 3.3.
package struct HodgesLehmann: Sendable, Hashable {
  /// The differences, sorted once.
  private let sample: SortedSample

  /// Of finite differences, one a path.
  package init(_ differences: [Double]) {
    sample = SortedSample(differences)
  }

  /// The centre with its interval; unknown without differences, without bounds where there are too few of them.
  ///
  /// - Complexity: O(n), after a sort.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard let first = sample.values.first, let last = sample.values.last else {
      return .unknown(n: 0, confidence: confidence, method: .signedRank)
    }
    if sample.count > 1, first == last {
      return Estimate(
        value: first, low: nil, high: nil, confidence: confidence, n: sample.count, method: .signedRank
      ).asNotSeen()
    }
    let averages = WalshAverages(sample)
    let count = averages.count
    let (lower, upper) = (averages.ranked((count + 1) / 2), averages.ranked(count / 2 + 1))
    let rank = Self.rank(sample.count, confidence: confidence)
    return Estimate(
      value: lower + (upper - lower) / 2, low: rank > 0 ? averages.ranked(rank) : nil,
      high: rank > 0 ? averages.ranked(count + 1 - rank) : nil, confidence: confidence, n: sample.count,
      method: .signedRank)
  }

  /// The largest rank c with P(W ≤ c − 1) ≤ α/2: that of the average at the lower end; 0 where there is none.
  private static func rank(_ count: Int, confidence: Double) -> Int {
    let n = Double(count)
    guard count <= SignedRankLaw.mostRanks else {
      let distance = CriticalValue.normal(confidence) * SignedRankLaw.variance(n).squareRoot()
      return max(0, Int((SignedRankLaw.mean(n) - distance + 0.5).rounded(.down)))
    }
    let law = SignedRankLaw(count: count)
    var rank = 0
    while law.cumulative(rank) <= (1 - confidence) / 2 { rank += 1 }
    return rank
  }
}
