import Lanes

/// A function on −1…1 as a sum of Chebyshev's polynomials, interpolated at their roots.
/// Source: J. Mason & D. Handscomb (2003), *Chebyshev Polynomials*, 6.3 and 2.4.1.
enum ChebyshevSum {
  /// The coefficients of a function.
  static func coefficients(count n: Int, _ function: (Double) -> Double) -> [Double] {
    let values = (0..<n).map { function(sinCosTurns(Lanes((Double($0) + 0.5) / (2 * Double(n)))).cos[0]) }
    return (0..<n).map { order in
      let sum = (0..<n).reduce(0.0) { sum, node in
        let turn = Double(order) * (Double(node) + 0.5) / (2 * Double(n))
        return sum + values[node] * sinCosTurns(Lanes(turn)).cos[0]
      }
      return sum * (order == 0 ? 1 : 2) / Double(n)
    }
  }

  /// The sum at a place in −1…1, by Clenshaw's recurrence.
  @inline(__always)
  static func value(at place: Lanes, _ coefficients: Span<Double>) -> Lanes {
    let x = place * 2
    var (b1, b2) = (Lanes.zero, Lanes.zero)
    for index in stride(from: coefficients.count - 1, through: 1, by: -1) {
      (b1, b2) = (fma(x, b1, Lanes(coefficients[index]) - b2), b1)
    }
    return fma(place, b1, Lanes(coefficients[0]) - b2)
  }
}
