import Documents
import Randomness
import Statistics

/// How the market of a fitted process is beside the recorded one: stylised facts, and distances in units of what chance alone
/// brings.
package struct FitJudgement: Sendable {
  /// Paths of as many steps as there are returns.
  package let paths: Int
  /// The facts that can be told of such series, in the catalogue's order.
  package let facts: [Fact]
  /// How far the law of single returns is: of the sorted returns, centred by their median, over their interquartile range, the
  /// mean absolute difference.
  package let law: Distance
  /// How far the memory of absolute returns is: the root of the summed squared differences of their autocorrelations, lags 1 to 50.
  package let clustering: Distance

  /// A stylised fact of both.
  package struct Fact: Sendable {
    /// Which.
    package let fact: StylisedFact
    /// Of the recorded returns, with its bootstrap interval.
    package let recorded: Estimate
    /// Its median over the fitted market's paths.
    package let median: Double
    /// Between which it lies on 95 % of them.
    package let range: ClosedRange<Double>
    /// Whether the recorded figure lies there.
    package var isMet: Bool { recorded.value.map(range.contains) ?? false }
  }

  /// How far the paths are from the recorded returns.
  package struct Distance: Sendable, Hashable {
    /// Their median distance, over that of the recorded returns from themselves drawn again in blocks; nil where the returns are
    /// too few to tell.
    package let ratio: Double?
    /// The probability that a path of the fitted market is as far from the others, or further: 1/(paths + 1) where none is.
    package let probability: Double?

    /// What the ratio says: up to 2 good, up to 4 usable.
    package var verdict: String {
      guard let ratio else { return "too short to tell" }
      return ratio <= 2 ? "good" : ratio <= 4 ? "usable" : "poor"
    }
  }

  /// About how many returns are simulated, at most, unless that is fewer than `fewestPaths` paths.
  private static let mostReturns = 1_000_000
  private static let (fewestPaths, mostPaths) = (40, 200)
  /// Resamples of the recorded returns, and paths that are held against them and each other.
  private static let resamples = 40
  /// The longest lag of `clustering`.
  private static let lags = 50

  /// Holds the market of a fitted process against the returns that are recorded.
  ///
  /// - Parameter recorded: those that it was fitted to, or others of the same market that it has not seen.
  /// - Throws: why there is no scenario with the process.
  package init(_ fit: ProcessFit, beside recorded: RecordedReturns, seed: UInt64) throws(FitRefusal) {
    let count = recorded.values.count
    let paths = min(max(Self.mostReturns / count, Self.fewestPaths), Self.mostPaths)
    let market = try FittedMarket(fit.process, session: recorded.session, steps: count, seed: seed)
    let series = market.paths(paths)
    let own = ReturnSeries(returns: recorded.values)
    let streams = RandomStreams(seed: seed, namespace: .report)
    self.paths = paths
    facts = FactEstimate.ofRecorded(own, key: streams.key("fit/facts/recorded")).compactMap { one in
      let values = SortedSample(series.map { one.fact.statistic([$0]) }.filter(\.isFinite))
      guard one.estimate.value != nil, values.count > paths / 2, let median = values.quantile(0.5).value,
        let low = values.quantile(0.025).value, let high = values.quantile(0.975).value
      else { return nil }
      return Fact(fact: one.fact, recorded: one.estimate, median: median, range: low...high)
    }
    var stream = SparseStream(streams.key("fit/distances/recorded"), path: 0)
    let blocks = StationaryBlocks(count: count, meanBlock: max(1, Double(count).squareRoot()))
    let again = (0..<Self.resamples).map { _ in own.resampled(blocks.places(&stream)) }
    let some = Array(series.prefix(Self.resamples))
    law = Self.distance(own, again, some, shape: Self.standardised) { left, right in
      zip(left, right).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(left.count)
    }
    clustering = Self.distance(
      own, again, some, shape: { AutocorrelationSums([$0.returns.map { abs($0) }], lags: Self.lags).values }
    ) { left, right in
      zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
  }

  /// - Parameters:
  ///   - again: the recorded returns, drawn again.
  ///   - paths: some of the fitted market.
  ///   - shape: what of a series counts.
  ///   - metric: how far two shapes are from each other.
  private static func distance(
    _ recorded: ReturnSeries, _ again: [ReturnSeries], _ paths: [ReturnSeries], shape: (ReturnSeries) -> [Double],
    metric: ([Double], [Double]) -> Double
  ) -> Distance {
    let real = shape(recorded)
    let shapes = paths.map(shape)
    func median(_ values: [Double]) -> Double? { SortedSample(values.filter(\.isFinite)).quantile(0.5).value }
    guard let unit = median(again.map { metric(shape($0), real) }), unit > 0,
      let value = median(shapes.map { metric($0, real) })
    else { return Distance(ratio: nil, probability: nil) }
    let own = shapes.indices.compactMap { place in
      median(shapes.indices.filter { $0 != place }.map { metric(shapes[$0], shapes[place]) })
    }
    let further = own.count { $0 >= value }
    return Distance(ratio: value / unit, probability: Double(further + 1) / Double(own.count + 1))
  }

  /// The returns in order, less their median, over their interquartile range.
  private static func standardised(_ series: ReturnSeries) -> [Double] {
    let sorted = series.returns.sorted()
    let middle = sorted[sorted.count / 2]
    let range = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    return sorted.map { ($0 - middle) / range }
  }
}
