import Statistics

extension Fan {
  /// The shares of paths at or under a fan's lines, from the lowest.
  static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Its lines, by `levels`.
  var lines: [[Double]] { [p5, p25, p50, p75, p95] }

  /// The fan of a series.
  ///
  /// - Parameter histograms: one for each of the series' times; nil where nothing is counted.
  init(_ series: FanSeries, _ histograms: [Histogram?], samplePaths: [[Double]]) {
    var seconds: [Double] = []
    var quantiles: [[Double]] = Array(repeating: [], count: 5)
    let most = histograms.map { $0?.total ?? 0 }.max() ?? 0
    for (second, histogram) in zip(series.seconds, histograms) {
      guard let histogram, histogram.total > 0, histogram.total * 10 >= most else { continue }
      seconds.append(second)
      for (index, level) in Self.levels.enumerated() {
        let quantile =
          series.reference == nil
          ? histogram.quantile(level) : SymmetricLogarithm.quantile(level, of: histogram)
        quantiles[index].append((quantile ?? 0) * series.scale)
      }
    }
    self.init(
      seconds: seconds, p5: quantiles[0], p25: quantiles[1], p50: quantiles[2], p75: quantiles[3], p95: quantiles[4],
      n: most, samplePaths: samplePaths)
  }
}
