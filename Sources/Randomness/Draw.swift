/// A number that may be drawn once per path: fixed, or from a distribution that is cut to a legal range by inversion.
///
/// The cut keeps the law inside the range: with F the distribution's cumulative probability, a uniform U becomes
/// F⁻¹(F(low) + U·(F(high) − F(low))).
package struct Draw: Sendable {
  /// The number, where it is the same on every path.
  package let fixedValue: Double?
  /// The least number that can be drawn.
  package let lowerBound: Double
  /// The greatest number that can be drawn.
  package let upperBound: Double
  private let quantile: @Sendable (Double) -> Double

  /// The same number on every path.
  package static func fixed(_ x: Double) -> Draw {
    Draw(fixedValue: x, lowerBound: x, upperBound: x, quantile: { _ in x })
  }

  /// Any number between two, all equally likely.
  package static func between(_ low: Double, _ high: Double) -> Draw {
    Draw(fixedValue: nil, lowerBound: low, upperBound: high, quantile: { low + $0 * (high - low) })
  }

  /// The number of a path, from a uniform in (0, 1).
  package func value(uniform u: Double) -> Double { min(max(quantile(u), lowerBound), upperBound) }
}
