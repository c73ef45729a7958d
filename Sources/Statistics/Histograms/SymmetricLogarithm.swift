/// Bins for numbers of any sign around 1, such as a price that may be negative over where it began: those of a positive number,
/// mirrored at 1.
///
/// What is counted of x is y = exp(sgn(x − 1)·ln(1 + |x − 1|)): x itself from 1 up, 1/(2 − x) under it. So a bin below is as
/// wide as its mirror image above, 3·10⁻⁴ near 1 and a 64th of |x − 1|·ln |x − 1| or so far away, and the standard bins reach
/// from −9998 to 10⁴. Counts, merging and bytes are those of every histogram.
/// Source: the symmetric logarithm of Webber (2013), Measurement Science and Technology 24, 027001, about 1 in place of 0.
package enum SymmetricLogarithm {
  /// What is counted of x.
  @inlinable @inline(__always)
  package static func place(of x: Double) -> Double { x >= 1 ? x : 1 / (2 - x) }

  /// The x that was counted as y, above 0.
  package static func number(at y: Double) -> Double { y >= 1 ? y : 2 - 1 / y }

  /// The quantile of what was counted so; nil for nothing counted.
  package static func quantile(_ level: Double, of histogram: Histogram) -> Double? {
    // What lies under the lowest edge is taken as there.
    histogram.quantile(level).map { number(at: max($0, histogram.bins.edges[0])) }
  }
}
