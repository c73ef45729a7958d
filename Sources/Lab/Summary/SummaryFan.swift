/// Quantiles across paths at each of a list of times. They describe the spread of outcomes: not a confidence interval.
package struct Fan: Codable, Sendable, Equatable {
  /// Trading time since t = 0; in event time, since the event's start on each path.
  package let seconds: [Double]
  package let p5: [Double]
  package let p25: [Double]
  package let p50: [Double]
  package let p75: [Double]
  package let p95: [Double]
  /// Paths behind the first point.
  package let n: Int
  /// A few single paths, one array per path, on the same times.
  package let samplePaths: [[Double]]

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
