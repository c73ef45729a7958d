/// The law of the sum of those ranks 1…n to which n fair coins give a plus: Wilcoxon's, exact for up to fifty.
struct SignedRankLaw: Sendable, Hashable {
  /// The most ranks of which subsets are counted; their number, 2⁵⁰, is exact.
  static let mostRanks = 50

  /// P(W ≤ w) for w = 0…n(n + 1)/2.
  private let cumulative: [Double]

  /// The law for `count` ranks, at most ``mostRanks``.
  init(count: Int) {
    precondition(0...Self.mostRanks ~= count, "Invariant: subsets of up to fifty ranks are counted")
    var subsets = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
    subsets[0] = 1
    for rank in stride(from: 1, through: count, by: 1) {
      for sum in stride(from: rank * (rank + 1) / 2, through: rank, by: -1) { subsets[sum] += subsets[sum - rank] }
    }
    var counted = 0.0
    let all = subsets.reduce(0, +)
    cumulative = subsets.map { count in
      counted += count
      return counted / all
    }
  }

  /// P(W ≤ sum), for any sum.
  func cumulative(_ sum: Int) -> Double {
    sum < 0 ? 0 : cumulative[min(sum, cumulative.count - 1)]
  }

  /// n(n + 1)/4, for any number of ranks.
  static func mean(_ count: Double) -> Double { count * (count + 1) / 4 }

  /// n(n + 1)(2n + 1)/24, for any number of ranks without ties.
  static func variance(_ count: Double) -> Double { count * (count + 1) * (2 * count + 1) / 24 }
}
