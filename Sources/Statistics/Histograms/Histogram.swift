/// Integer counts on fixed bins: adding and merging are exact and in any order give the same histogram.
package struct Histogram: Sendable, Hashable {
  /// What is counted where.
  package let bins: HistogramBins
  /// How many numbers fell into each bin.
  package private(set) var counts: [UInt32]

  /// Of nothing yet.
  package init(bins: HistogramBins = .standard) {
    self.bins = bins
    counts = [UInt32](repeating: 0, count: bins.count)
  }

  /// Of counts made elsewhere by ``HistogramBins/index(of:)``, one for each bin.
  package init(bins: HistogramBins, counts: [UInt32]) {
    precondition(counts.count == bins.count, "Invariant: a histogram has one count for each bin")
    self.bins = bins
    self.counts = counts
  }

  /// How many numbers were counted.
  package var total: Int {
    counts.reduce(0) { $0 + Int($1) }
  }

  /// Counts x, which is not NaN.
  @inline(__always)
  package mutating func add(_ x: Double) {
    counts[bins.index(of: x)] += 1
  }

  /// Counts all that another histogram on the same bins has counted.
  package mutating func merge(_ other: Histogram) {
    precondition(bins == other.bins, "Invariant: only histograms on the same bins merge")
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// The number under which a share `level` of what was counted lies, for a level in 0…1; `nil` for nothing counted.
  ///
  /// Linear inside its bin, so it is off by less than the width of the bin. What lies in the underflow is taken as 0, in
  /// the overflow as the highest edge.
  package func quantile(_ level: Double) -> Double? {
    precondition(level >= 0 && level <= 1, "Invariant: the level of a quantile lies in 0...1")
    let total = total
    guard total > 0 else { return nil }
    let rank = Double(total) * level
    var below = 0.0
    for (bin, count) in counts.enumerated() where count > 0 {
      let upTo = below + Double(count)
      if upTo >= rank {
        if bin == bins.underflow { return 0 }
        if bin == bins.overflow { return bins.edges[bins.edges.count - 1] }
        let low = bins.edges[bin - 1]
        return low + (rank - below) / Double(count) * (bins.edges[bin] - low)
      }
      below = upTo
    }
    return bins.edges[bins.edges.count - 1]
  }
}
