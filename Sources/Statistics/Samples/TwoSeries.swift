import Glibc
import Randomness

/// A series and a later stretch, of it or of another: whether both may be of one stationary law, and how far their quantiles lie
/// apart.
///
/// Kolmogorov and Smirnov's distance is the same as of independent numbers; its law is not: where calm and wild times last, two
/// stretches of one law lie further apart. Two answers that take memory into account, each alone too hasty:
/// - a p-value by resamples of both, drawn in blocks as long as the longer of their memories asks for and centred at
///   themselves: how often |(F* − F) − (G* − G)| reaches |F − G| somewhere. Bounds of the quantiles' differences are percentiles
///   of the same resamples. Where the later stretch has few blocks it rejects too often.
/// - how many stretches of the same length within the first series lie as far from the rest of it. They are no more than the
///   first series holds, and say nothing where it holds fewer than four.
///
/// It takes the first series for stationary: of what has always drifted, drift is no news.
/// Source: U. Naik-Nimbalkar & M. Rajarshi (1994), "Validity of blockwise bootstrap for empirical processes with stationary
/// observations", Annals of Statistics 22(2).
package struct TwoSeries: Sendable {
  /// A quantile of both.
  package struct QuantileLine: Sendable, Hashable {
    /// Its level.
    package let level: Double
    /// Of the first and of the second series: order statistics, as `SortedSample`.
    package let first, second: Double
    /// Bounds of second less first, at 95 %.
    package let low, high: Double

    /// Whether the bounds leave out 0.
    package var differs: Bool { low > 0 || high < 0 }
  }

  /// Numbers of each.
  package let counts: (first: Int, second: Int)
  /// The mean length of the blocks in which both are drawn again, where a series is long enough for it.
  package let block: Double
  /// The largest distance between both empirical laws, in 0…1.
  package let distance: Double
  /// P(at least this distance) where both are of one law, by resamples in blocks.
  package let probability: Double
  /// The same as if no number had to do with its neighbours: Kolmogorov's limit, too small where they do.
  package let probabilityOfIndependent: Double
  /// Of stretches of the second's length within the first series the share that lies as far from the rest of it; nil where it
  /// holds fewer than four.
  package let shareOfStretches: Double?
  /// The quantiles that were asked for.
  package let quantiles: [QuantileLine]

  /// How often both are drawn again.
  package static let resamples = 499
  /// The confidence of bounds.
  package static let confidence = 0.95

  /// Compares two stretches of finite numbers in the order of time, at least two each.
  ///
  /// - Complexity: O((n + m)·resamples).
  package init(_ first: [Double], _ second: [Double], levels: [Double], _ stream: inout SparseStream) {
    precondition(first.count > 1 && second.count > 1, "Invariant: samples have two numbers at least")
    let values = Self.distinct(first + second)
    let (one, other) = (Ranks(first, among: values), Ranks(second, among: values))
    let block = max(Ranks.memory(first), Ranks.memory(second))
    let (f, g) = (one.law, other.law)
    let distance = zip(f, g).reduce(0) { max($0, abs($1.0 - $1.1)) }
    self.distance = distance
    counts = (first.count, second.count)
    self.block = block
    var reached = 1
    var differences = levels.map { _ in [Double]() }
    for _ in 0..<Self.resamples {
      let (drawn, drawnOther) = (one.drawn(block, &stream), other.drawn(block, &stream))
      var largest = 0.0
      for place in f.indices {
        largest = max(largest, abs(drawn[place] - f[place] - drawnOther[place] + g[place]))
      }
      // Steps of 1/n that are the same number but for rounding count as reached.
      if largest >= distance - 1e-12 { reached += 1 }
      for (index, level) in levels.enumerated() {
        differences[index].append(
          Self.quantile(level, drawnOther, values, other.count) - Self.quantile(level, drawn, values, one.count))
      }
    }
    probability = Double(reached) / Double(Self.resamples + 1)
    shareOfStretches = one.shareOfStretches(of: second.count, atLeast: distance)
    let (n, m) = (Double(first.count), Double(second.count))
    probabilityOfIndependent = KolmogorovDistance.probability(of: distance, count: n * m / (n + m))
    let tail = (1 - Self.confidence) / 2
    quantiles = zip(levels, differences).map { level, differences in
      let sorted = SortedSample(differences)
      return QuantileLine(
        level: level, first: Self.quantile(level, f, values, one.count),
        second: Self.quantile(level, g, values, other.count),
        low: sorted.values[SortedSample.rank(tail, of: sorted.count) - 1],
        high: sorted.values[SortedSample.rank(1 - tail, of: sorted.count) - 1])
    }
  }

  private static func distinct(_ values: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in values.sorted() where value != distinct.last { distinct.append(value) }
    return distinct
  }

  /// The smallest number at which a law reaches a level.
  private static func quantile(_ level: Double, _ law: [Double], _ values: [Double], _ count: Int) -> Double {
    let wanted = (Double(SortedSample.rank(level, of: count)) - 0.5) / Double(count)
    var (low, high) = (0, law.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if law[middle] >= wanted { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }
}

/// A series by the places of its numbers among those of both.
private struct Ranks {
  let ranks: [Int]
  let places: Int

  var count: Int { ranks.count }

  init(_ series: [Double], among values: [Double]) {
    ranks = series.map { Self.rank($0, values) }
    places = values.count
  }

  /// The mean length of blocks that keep what lasts: the level, or how far numbers lie from it.
  static func memory(_ series: [Double]) -> Double {
    let middle = SortedSample(series).values[(series.count - 1) / 2]
    return max(StationaryBlocks.meanBlock(series), StationaryBlocks.meanBlock(series.map { abs($0 - middle) }))
  }

  /// The empirical law at the numbers of both.
  var law: [Double] { Self.law(ranks, places) }

  /// The law of a resample in blocks, which are no longer than a third of the series.
  func drawn(_ block: Double, _ stream: inout SparseStream) -> [Double] {
    let blocks = StationaryBlocks(count: count, meanBlock: max(1, min(block, Double(count) / 3)))
    return Self.law(blocks.places(&stream).map { ranks[$0] }, places)
  }

  /// The most stretches that are looked at, evenly spread.
  private static let mostStretches = 500

  /// The share of stretches of a length that lie at least so far from the rest; nil where there are fewer than four apart.
  func shareOfStretches(of length: Int, atLeast distance: Double) -> Double? {
    guard length > 0, count >= 4 * length else { return nil }
    let starts = count - length
    let stretches = min(Self.mostStretches, starts + 1)
    let all = Self.counts(ranks[...], places)
    let farther = (0..<stretches).count { number in
      let start = stretches > 1 ? number * starts / (stretches - 1) : 0
      let own = Self.counts(ranks[start..<start + length], places)
      var (inside, outside, largest) = (0.0, 0.0, 0.0)
      for place in own.indices {
        inside += own[place]
        outside += all[place] - own[place]
        largest = max(largest, abs(inside / Double(length) - outside / Double(count - length)))
      }
      return largest >= distance
    }
    return Double(farther) / Double(stretches)
  }

  private static func counts(_ ranks: ArraySlice<Int>, _ places: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: places)
    for rank in ranks { counts[rank] += 1 }
    return counts
  }

  private static func law(_ ranks: [Int], _ places: Int) -> [Double] {
    var law = counts(ranks[...], places)
    var sum = 0.0
    for place in law.indices {
      sum += law[place]
      law[place] = sum / Double(ranks.count)
    }
    return law
  }

  private static func rank(_ value: Double, _ values: [Double]) -> Int {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] >= value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
