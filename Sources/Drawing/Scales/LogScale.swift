import Foundation

/// A scale on which equal ratios take equal lengths; for positive values only.
package struct LogScale: Scale, Hashable {
  /// The values at the ends, both above 0.
  package let domain: ClosedRange<Double>
  private let logarithms: LinearScale

  /// A scale from a positive `domain` to the places `start…end`.
  package init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    precondition(domain.lowerBound > 0, "Invariant: a logarithmic axis is positive")
    self.domain = domain
    logarithms = LinearScale(log(domain.lowerBound)...log(domain.upperBound), from: start, to: end)
  }

  /// Linear in the logarithm; what is under the domain, 0 and less included, lies at its lower end.
  package func place(_ value: Double) -> Double {
    logarithms.place(log(max(value, domain.lowerBound)))
  }
}
