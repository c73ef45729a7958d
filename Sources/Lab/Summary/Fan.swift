/// Quantiles across paths at each of a list of times. They describe the spread of outcomes: not a confidence interval.
///
/// They are read off a histogram, so each is right to the width of a bin. Values are in the unit of the `FanQuantity`.
package struct Fan: Codable, Sendable, Equatable {
  /// Trading time in seconds since t = 0; in event time, since the event's start on each path, negative before it.
  /// Times that fewer paths reach than a tenth of those that reach the fullest are left out.
  package let seconds: [Double]
  /// 5 % of paths are at or under it; one value per entry of `seconds`, as of those below.
  package let p5: [Double]
  /// The lower quartile.
  package let p25: [Double]
  /// The median.
  package let p50: [Double]
  /// The upper quartile.
  package let p75: [Double]
  /// 95 % of paths are at or under it.
  package let p95: [Double]
  /// Paths behind the fullest point; in event time, others may have fewer.
  package let n: Int
  /// The first paths of the run, five at most, one array per path, on the same times; none where none are kept.
  package let samplePaths: [[Double]]

  /// The five lists of quantiles are as long as `seconds`, and ascend at each time.
  package init(
    seconds: [Double], p5: [Double], p25: [Double], p50: [Double], p75: [Double], p95: [Double], n: Int,
    samplePaths: [[Double]]
  ) {
    self.seconds = seconds
    self.p5 = p5
    self.p25 = p25
    self.p50 = p50
    self.p75 = p75
    self.p95 = p95
    self.n = n
    self.samplePaths = samplePaths
  }
}
