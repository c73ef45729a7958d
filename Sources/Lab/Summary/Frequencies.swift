import Foundation
import Statistics

/// How often a number fell into each of a list of bins.
package struct Frequencies: MeasureValue {
  /// Bin k reaches from `edges[k]` to `edges[k + 1]`, without the latter; one more edge than counts. In the unit of the
  /// number that was counted.
  package let edges: [Double]
  /// Paths in each bin.
  package let counts: [Int]
  /// Paths under the first edge.
  package let below: Int
  /// Paths at or over the last edge.
  package let above: Int

  /// Edges ascend; every path is in `counts`, `below` or `above`.
  package init(edges: [Double], counts: [Int], below: Int, above: Int) {
    self.edges = edges
    self.counts = counts
    self.below = below
    self.above = above
  }

  /// Counts have none.
  package var withoutIntervals: Frequencies { self }

  /// A chart shows it.
  package var lines: [(word: String, estimate: Estimate)] { [] }
}

extension Frequencies {
  /// Counts numbers in equal bins of a range.
  init(_ values: [Double], in range: ClosedRange<Double>, bins: Int) {
    let width = (range.upperBound - range.lowerBound) / Double(bins)
    var counts = Array(repeating: 0, count: bins)
    var below = 0
    var above = 0
    for value in values {
      let bin = ((value - range.lowerBound) / width).rounded(.down)
      if bin < 0 {
        below += 1
      } else if bin >= Double(bins) {
        above += 1
      } else {
        counts[Int(bin)] += 1
      }
    }
    self.init(
      edges: (0...bins).map { range.lowerBound + Double($0) * width }, counts: counts, below: below, above: above)
  }

  /// Counts numbers in equal bins of round width that hold all but the outermost hundredth.
  init(spreadOf sample: SortedSample, bins: Int) {
    let sorted = sample.values
    guard let first = sorted.first, let last = sorted.last, first < last else {
      self.init(sorted, around: sorted.first ?? 0)
      return
    }
    let low = sorted[sorted.count / 200]
    let high = sorted[sorted.count - 1 - sorted.count / 200]
    let width = Self.roundWidth(atLeast: max(high - low, (last - first) * 1e-6) / Double(bins))
    let start = (low / width).rounded(.down)
    let end = (high / width).rounded(.down) + 1
    // Of numbers that differ in their last digits alone, or are beyond all widths, no bins tell them apart.
    guard max(abs(start), abs(end)) < 1e15 else {
      self.init(sorted, around: low)
      return
    }
    self.init(sorted, in: start * width...end * width, bins: Int(end - start))
  }

  /// Counts numbers in one bin around one of them.
  private init(_ values: [Double], around centre: Double) {
    let half = 0.5 * max(1, abs(centre))
    self.init(values, in: centre - half...centre + half, bins: 1)
  }

  /// The smallest of 1, 2, 2.5, 5 × a power of ten that is not under `width`.
  private static func roundWidth(atLeast width: Double) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= width * (1 - 1e-12) } ?? 10 * power
  }
}
