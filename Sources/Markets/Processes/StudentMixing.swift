import Lanes
import Randomness

/// What makes a normal innovation one of Student's: √w·Z has Student's law with ν degrees of freedom and variance 1, where
/// w = (ν − 2)/χ²_ν is its mixing variance.
///
/// w comes from a normal by quantiles. Wilson and Hilferty's cube root of χ²/ν is nearly linear in that normal: it is
/// interpolated at Chebyshev nodes over −7.6 … 6, from the exact quantiles of the gamma law, to about 10⁻⁷ (`GarchTests`).
/// Beyond 6, where w is smallest and one normal in 10⁹ is, it counts as 6.
package struct StudentMixing: Sendable {
  /// ν, above 2.
  package let degrees: Double
  private let coefficients: [Double]

  private static let bounds = (low: -7.6, high: 6.0)
  private static let count = 40

  /// The mixing of Student's law.
  package init(degrees: Double) {
    precondition(degrees > 2, "Invariant: under two degrees of freedom there is no variance")
    self.degrees = degrees
    let law = GammaLaw(shape: degrees / 2)
    coefficients = ChebyshevSum.coefficients(count: Self.count) { node in
      // Φ of the node's normal, by the nearer tail.
      let z = 0.5 * (Self.bounds.low + Self.bounds.high + node * (Self.bounds.high - Self.bounds.low))
      let tail = exp(minusTwoLogNormalProbability(Lanes(-abs(z))) * -0.5)[0]
      let quantile = law.quantile(z < 0 ? tail : 1 - tail)
      return pow(Lanes(2 * quantile / degrees), 1.0 / 3)[0]
    }
  }

  /// w at a standard normal; it falls as the normal rises.
  package func variance(at normal: Lanes) -> Lanes { (degrees - 2) / degrees / chiSquarePerDegree(at: normal) }

  /// χ²_ν/ν at a standard normal; it rises with it.
  func chiSquarePerDegree(at normal: Lanes) -> Lanes {
    let (low, high) = Self.bounds
    let inside = max(min(normal, Lanes(high)), Lanes(low))
    let root = ChebyshevSum.value(at: (inside - 0.5 * (low + high)) * (2 / (high - low)), coefficients.span)
    return root * root * root
  }
}
