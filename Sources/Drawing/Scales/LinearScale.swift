/// A scale on which equal differences take equal lengths.
package struct LinearScale: Scale, Hashable {
  /// The values at the ends, after a single value was widened.
  package let domain: ClosedRange<Double>
  /// Where the lower end of the domain is drawn.
  package let start: Double
  /// Where the upper end of the domain is drawn; less than `start` for an axis that points up the page.
  package let end: Double

  /// A scale from `domain` to the places `start…end`; a domain of a single value is widened by one half to each side.
  package init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    precondition(
      domain.lowerBound.isFinite && domain.upperBound.isFinite, "Invariant: an axis has finite ends")
    self.domain =
      domain.lowerBound < domain.upperBound ? domain : domain.lowerBound - 0.5...domain.upperBound + 0.5
    self.start = start
    self.end = end
  }

  /// Linear between the ends, clamped to them.
  package func place(_ value: Double) -> Double {
    let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + (end - start) * min(max(share, 0), 1)
  }
}
