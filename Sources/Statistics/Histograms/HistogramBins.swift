import Glibc

/// Fixed bins for a positive number around 1, such as a price or an equity as a fraction of where it began: fine near 1,
/// coarse far away, the same for every path, shard and machine.
///
/// The edges are xᵢ = exp(scale·sinh((i − ½)/perUnit)), so bins are regular in asinh(ln x/scale): near 1 a bin is
/// scale/perUnit wide, far from it |ln x|/perUnit of x. Bin 0 is the underflow (x under the lowest edge, also x ≤ 0), the
/// last is the overflow; the bin in the middle has 1 at its centre.
///
/// The index comes from a table by exponent and leading bits of x and one comparison with an edge: no logarithm, no branch,
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
  package let count: Int
  /// The bin of x under the lowest edge.
  package var underflow: Int { 0 }
  /// The bin of x at the highest edge or above.
  package var overflow: Int { edges.count }

  /// For each group of numbers that share exponent and leading bits: the bin of its smallest.
  @usableFromInline let firstBins: [UInt16]
  /// The bits of a number under those that its group shares.
  @usableFromInline let shift: UInt64
  /// The bits of the group of the lowest edge.
  @usableFromInline let firstGroup: UInt64
  /// The lowest edge.
  @usableFromInline let lowest: Double
  /// The highest edge.
  @usableFromInline let highest: Double

  /// Bins from at most 1/`reach` to at least `reach`, which is above 1 and at most 10⁹; at 1 they are at least 2⁻¹⁶ wide.
  package init(scale: Double, perUnit: Double, reach: Double) {
    precondition(scale > 0 && perUnit > 0 && reach > 1 && reach <= 1e9, "Invariant: bins have a width and a range")
    precondition(scale / perUnit >= 0x1p-16, "Invariant: bins are wide enough for their table")
    let half = Int((perUnit * asinh(log(reach) / scale) + 0.5).rounded(.up))
    let edges = (-half...half + 1).map { exp(scale * sinh((Double($0) - 0.5) / perUnit)) }
    precondition(edges.count < Int(UInt16.max), "Invariant: an index fits in 16 bits")
    // A group is narrower than any bin, so at most one edge lies inside it.
    let leadingBits = max(0, log2(perUnit / scale).rounded(.up))
    self.scale = scale
    self.perUnit = perUnit
    self.edges = edges
    count = edges.count + 1
    lowest = edges[0]
    highest = edges[edges.count - 1]
    shift = UInt64(52 - leadingBits)
    firstGroup = lowest.bitPattern >> shift
    var bin = 0
    firstBins = (firstGroup...highest.bitPattern >> shift).map { [shift] group in
      let smallest = Double(bitPattern: group << shift)
      while bin < edges.count, edges[bin] <= smallest { bin += 1 }
      return UInt16(bin)
    }
  }

  /// The bin of x, in 0..<``count``. NaN is a precondition failure.
  ///
  /// - Complexity: O(1), about two nanoseconds.
  @inlinable @inline(__always)
  package func index(of x: Double) -> Int {
    precondition(!x.isNaN, "Invariant: what is counted is a number")
    guard x >= lowest else { return 0 }
    guard x < highest else { return edges.count }
    let bin = Int(firstBins[Int((x.bitPattern >> shift) - firstGroup)])
    return bin + (x >= edges[bin] ? 1 : 0)
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
