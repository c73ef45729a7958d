/// Series that follow one law, put together so that a fact of many resamples of them costs little: each series counts as often as
/// its weight says, its values are sorted once, and sums over it are made once.
///
/// Confined to one thread.
final class PooledReturns {
  let series: [ReturnSeries]

  /// Series, each with the place that its weight has.
  init(_ series: [ReturnSeries]) { self.series = series }

  /// Returns, their sizes and volumes in ascending order; volumes nil where nobody knows those of some series.
  private(set) lazy var ascending = RankedValues(series.map(\.returns))
  private lazy var sizes = series.map { $0.returns.map { abs($0) } }
  private(set) lazy var ascendingSizes = RankedValues(sizes)
  private(set) lazy var ascendingVolumes: RankedValues? =
    series.allSatisfy { $0.volumes != nil } ? RankedValues(series.map { $0.volumes ?? [] }) : nil

  /// Powers of returns, and of returns over 20 bars that do not overlap.
  private(set) lazy var powers = PowerSums(series.map(\.returns))
  private(set) lazy var powersOver20 = PowerSums(series.map { $0.aggregated(20) })

  /// Products of returns, and of their sizes, with those some bars earlier.
  private(set) lazy var lags = LagSums(series.map(\.returns), lags: 20)
  private(set) lazy var sizeLags = LagSums(sizes, lags: 20)

  /// How many returns there are.
  func count(_ weights: [Int]) -> Int { zip(series, weights).reduce(0) { $0 + $1.0.returns.count * $1.1 } }
}
