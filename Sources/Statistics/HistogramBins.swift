import Glibc

/// Fixed bins for a positive number around 1, such as a price or an equity as a fraction of where it began: fine near 1,
/// coarse far away, the same for every path, shard and machine.
///
/// The edges are xᵢ = exp(scale·sinh((i − ½)/perUnit)), so bins are regular in asinh(ln x/scale): near 1 a bin is
/// scale/perUnit wide, far from it |ln x|/perUnit of x. Bin 0 is the underflow (x under the lowest edge, also x ≤ 0), the
/// last is the overflow; the bin in the middle has 1 at its centre.
///
/// The index comes from a table by exponent and leading bits of x, corrected by comparing with the edges: no logarithm,
/// and exact, since the edges alone decide.
package struct HistogramBins: Sendable {
  /// The bins of every fan chart: 3·10⁻⁴ wide at 1, |ln x|/64 of x far away, from 10⁻⁴ to 10⁴; 879 bins.
  package static let standard = HistogramBins(scale: 0.02, perUnit: 64, reach: 1e4)

  /// Where ln x goes over from the regular to the coarse, above zero.
  package let scale: Double
  /// How many bins there are for one unit of asinh(ln x/scale).
  package let perUnit: Double
  /// The edges, ascending; bin i holds edges[i − 1] ≤ x < edges[i].
  package let edges: [Double]
  /// The number of bins, with underflow and overflow.
  package var count: Int { edges.count + 1 }
  /// The bin of x under the lowest edge.
  package var underflow: Int { 0 }
  /// The bin of x at the highest edge or above.
  package var overflow: Int { edges.count }

  /// The lowest bin among the numbers that share exponent and leading bits.
  @usableFromInline let firstBins: [UInt16]
  /// The key of the lowest such group.
  @usableFromInline let firstKey: UInt64

  /// The bits of the significand that a group shares.
  @usableFromInline static let keyShift: UInt64 = 52 - 11

  /// Bins from at most 1/`reach` to at least `reach`, which is above 1.
  package init(scale: Double, perUnit: Double, reach: Double) {
    precondition(scale > 0 && perUnit > 0 && reach > 1 && reach <= 1e9, "Invariant: bins have a width and a range")
    let half = Int((perUnit * asinh(log(reach) / scale) + 0.5).rounded(.up))
    let edges = (-half...half + 1).map { exp(scale * sinh((Double($0) - 0.5) / perUnit)) }
    precondition(edges.count < Int(UInt16.max), "Invariant: an index fits in 16 bits")
    self.scale = scale
    self.perUnit = perUnit
    self.edges = edges
    (firstKey, firstBins) = HistogramBins.table(edges)
  }

  /// For each group of numbers that share exponent and leading bits: the bin of its smallest.
  private static func table(_ edges: [Double]) -> (firstKey: UInt64, firstBins: [UInt16]) {
    let firstKey = edges[0].bitPattern >> keyShift
    let lastKey = edges[edges.count - 1].bitPattern >> keyShift
    var bins: [UInt16] = []
    var bin = 0
    for key in firstKey...lastKey {
      let smallest = Double(bitPattern: key << keyShift)
      while bin < edges.count, edges[bin] <= smallest { bin += 1 }
      bins.append(UInt16(bin))
    }
    return (firstKey, bins)
  }

  /// The bin of x, in 0..<``count``. NaN is a precondition failure.
  ///
  /// - Complexity: O(1), a few nanoseconds.
  @inlinable @inline(__always)
  package func index(of x: Double) -> Int {
    precondition(!x.isNaN, "Invariant: what is counted is a number")
    guard x >= edges[0] else { return 0 }
    guard x < edges[edges.count - 1] else { return edges.count }
    var bin = Int(firstBins[Int((x.bitPattern >> HistogramBins.keyShift) - firstKey)])
    // x is under the last edge, so the walk ends before it.
    while x >= edges[bin] { bin += 1 }
    return bin
  }
}

extension HistogramBins: Hashable {
  /// Bins are equal if their edges are.
  package static func == (left: HistogramBins, right: HistogramBins) -> Bool {
    left.edges == right.edges
  }

  /// Hashes what the edges follow from.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(scale)
    hasher.combine(perUnit)
    hasher.combine(edges.count)
  }
}
