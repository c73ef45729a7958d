/// Two independent samples that may be of one law: their figures side by side, how many standard errors these lie apart, and
/// Kolmogorov and Smirnov's test.
///
/// What differs by less than 10⁻⁹ of the range of both counts as equal: two ways to compute one number round differently.
package struct TwoSamples: Sendable {
  /// A figure of a sample.
  package enum Figure: Sendable, Hashable, CaseIterable {
    case mean, deviation, low, median, high

    /// The level of a quantile.
    package var level: Double? {
      switch self {
      case .mean, .deviation: nil
      case .low: 0.01
      case .median: 0.5
      case .high: 0.99
      }
    }
  }

  /// A figure of both samples.
  package struct Difference: Sendable, Hashable {
    /// Of the first sample and of the second.
    package let first, second: Double
    /// First less second in standard errors; 0 where neither sample varies.
    package let standardErrors: Double

    /// P(|Z| ≥ |z|) for a normal Z.
    package var probability: Double { NormalLaw.twoSided(standardErrors) }
  }

  private let first, second: [Double]
  /// Kolmogorov and Smirnov's distance: the largest between both empirical laws, in 0…1.
  package let distance: Double
  /// Whether no number differs from another.
  package let isConstant: Bool

  /// Of at least two finite numbers each.
  package init(_ first: [Double], _ second: [Double]) {
    precondition(first.count > 1 && second.count > 1, "Invariant: samples have two numbers at least")
    let (low, high) = (min(first.min() ?? 0, second.min() ?? 0), max(first.max() ?? 0, second.max() ?? 0))
    precondition((high - low).isFinite, "Invariant: a sample holds finite numbers only")
    isConstant = !(high - low > 1e-7 * max(abs(low), abs(high)))
    let unit = (high - low) * 1e-9
    let rounded = { (values: [Double]) in
      values.map { unit > 0 ? low + (($0 - low) / unit).rounded() * unit : $0 }.sorted()
    }
    self.first = rounded(first)
    self.second = rounded(second)
    distance = Self.distance(self.first, self.second)
  }

  /// P(a distance of at least this much) where both samples are of one law; too large where numbers repeat.
  ///
  /// Kolmogorov's limit, with Stephens' correction at the n that both samples are worth together.
  /// Source: M. Stephens (1970), J. Royal Statistical Society B 32(1).
  package var probability: Double {
    let (n, m) = (Double(first.count), Double(second.count))
    return KolmogorovDistance.probability(of: distance, count: n * m / (n + m))
  }

  /// A figure of both.
  ///
  /// Means lie apart by Welch's error, deviations by that of variances, from fourth powers. Quantiles are told apart without a
  /// density: by how many numbers of either sample lie at or under the quantile of both together.
  package func difference(_ figure: Figure) -> Difference {
    if let level = figure.level { return quantiles(level) }
    let (a, b) = (Self.powers(first), Self.powers(second))
    let variances = (a.square, b.square)
    switch figure {
    case .mean:
      let error = (a.square / Double(first.count) + b.square / Double(second.count)).squareRoot()
      return Difference(first: a.mean, second: b.mean, standardErrors: Self.ratio(a.mean - b.mean, error))
    default:
      let spread = { (powers: (mean: Double, square: Double, fourth: Double), count: Int) in
        max(powers.fourth - powers.square * powers.square, 0) / Double(count)
      }
      let error = (spread(a, first.count) + spread(b, second.count)).squareRoot()
      return Difference(
        first: variances.0.squareRoot(), second: variances.1.squareRoot(),
        standardErrors: Self.ratio(variances.0 - variances.1, error))
    }
  }

  private func quantiles(_ level: Double) -> Difference {
    let cut = Self.quantile((first + second).sorted(), level)
    let share = { (sorted: [Double]) in Double(sorted.count { $0 <= cut }) / Double(sorted.count) }
    let (n, m) = (Double(first.count), Double(second.count))
    let both = (share(first) * n + share(second) * m) / (n + m)
    let error = (both * (1 - both) * (1 / n + 1 / m)).squareRoot()
    // More numbers under the cut are a lower quantile.
    return Difference(
      first: Self.quantile(first, level), second: Self.quantile(second, level),
      standardErrors: Self.ratio(share(second) - share(first), error))
  }

  private static func quantile(_ sorted: [Double], _ level: Double) -> Double {
    sorted[SortedSample.rank(level, of: sorted.count) - 1]
  }

  private static func ratio(_ difference: Double, _ error: Double) -> Double { error > 0 ? difference / error : 0 }

  /// Mean, variance and mean fourth power about the mean.
  private static func powers(_ values: [Double]) -> (mean: Double, square: Double, fourth: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.map { ($0 - mean) * ($0 - mean) }
    return (mean, squares.reduce(0, +) / (n - 1), squares.reduce(0) { $0 + $1 * $1 } / n)
  }

  /// The largest distance between the shares of two sorted samples at or under a number.
  private static func distance(_ first: [Double], _ second: [Double]) -> Double {
    var (i, j, largest) = (0, 0, 0.0)
    while i < first.count, j < second.count {
      let next = min(first[i], second[j])
      while i < first.count, first[i] <= next { i += 1 }
      while j < second.count, second[j] <= next { j += 1 }
      largest = max(largest, abs(Double(i) / Double(first.count) - Double(j) / Double(second.count)))
    }
    return largest
  }
}
