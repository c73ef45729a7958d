/// A curve in time with a pointwise interval: right-continuous steps, value k holds from `seconds[k]` on.
package struct Curve: Codable, Sendable, Equatable {
  /// Trading time, in seconds; its zero is said where the curve is declared.
  package let seconds: [Double]
  package let value: [Double]
  package let low: [Double]
  package let high: [Double]
  /// Paths that it rests on.
  package let n: Int
  package let method: String
  package let confidence: Double
  /// Paths that were still being watched just before each time; nil where that was not counted.
  package let atRisk: [Int]?

  package init(
    seconds: [Double], value: [Double], low: [Double], high: [Double], n: Int, method: String, confidence: Double,
    atRisk: [Int]? = nil
  ) {
    self.seconds = seconds
    self.value = value
    self.low = low
    self.high = high
    self.n = n
    self.method = method
    self.confidence = confidence
    self.atRisk = atRisk
  }
}

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

/// How often a number fell into each of a list of bins.
package struct Frequencies: Codable, Sendable, Equatable {
  /// Bin k reaches from `edges[k]` to `edges[k + 1]`; one more edge than counts.
  package let edges: [Double]
  package let counts: [Int]
  /// Under the first edge.
  package let below: Int
  /// At or over the last edge.
  package let above: Int

  package init(edges: [Double], counts: [Int], below: Int, above: Int) {
    self.edges = edges
    self.counts = counts
    self.below = below
    self.above = above
  }
}
