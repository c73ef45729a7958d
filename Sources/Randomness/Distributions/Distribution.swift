/// A law that a number of a document can be drawn from, once per path.
///
/// A new distribution is one file with one type that conforms to this and its `form`, and one line in
/// `Distributions.catalogue`.
package protocol Distribution: Sendable, Hashable {
  /// P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  /// The x with P(X ≤ x) = p, for p in (0, 1); where there is none, the smallest with more.
  func quantile(_ p: Double) -> Double
  /// A draw of the whole law from a uniform number in (0, 1): its quantile, unless there is a cheaper way.
  func value(uniform u: Double) -> Double
  /// The smallest and the largest value that the law can give; infinite where it has no bound.
  var support: ClosedRange<Double> { get }
  /// The law as people write it, with numbers in the field's notation.
  func text(_ number: (Double) -> String) -> String
}

extension Distribution {
  package func value(uniform u: Double) -> Double { quantile(u) }
}
