/// Sobol's points: a sequence whose first 2ᵏ points are spread evenly over the cube, for each k.
///
/// In the order of the Gray code, from the origin; 32 binary digits. A digital shift moves all points by one and the same
/// exclusive or, which keeps them evenly spread and takes them off the corner.
/// Source: I. M. Sobol' (1967), USSR Comp. Math. 7(4); direction numbers of S. Joe & F. Y. Kuo (2008), SIAM J. Sci. Comput.
/// 30(5), the file new-joe-kuo-6, as scipy has them.
package struct SobolSequence: Sendable {
  /// For each dimension the 32 direction numbers.
  private let directions: [[UInt32]]
  private let shift: [UInt32]

  /// The most dimensions.
  package static let mostDimensions = numbers.count

  /// - Parameter shift: what each dimension is shifted by; nil: by nothing.
  package init(dimensions: Int, shift: [UInt32]? = nil) {
    precondition((1...Self.mostDimensions).contains(dimensions), "Invariant: there are so many direction numbers")
    directions = Self.numbers[..<dimensions].map(Self.directions)
    self.shift = shift ?? Array(repeating: 0, count: dimensions)
    precondition(self.shift.count == dimensions, "Invariant: each dimension has its shift")
  }

  /// The point of a number, from 0; each coordinate in 0..<1.
  package func point(_ number: UInt32) -> [Double] { digits(number).map { Double($0) * 0x1p-32 } }

  /// The middle of the box of side 2⁻³² that a point stands for: in the open interval (0, 1).
  package func centre(_ number: UInt32) -> [Double] { digits(number).map { (Double($0) + 0.5) * 0x1p-32 } }

  private func digits(_ number: UInt32) -> [UInt32] {
    let gray = number ^ (number >> 1)
    return zip(directions, shift).map { direction, shift in
      direction.indices.reduce(shift) { sum, bit in gray >> UInt32(bit) & 1 == 1 ? sum ^ direction[bit] : sum }
    }
  }

  /// vₖ = mₖ·2³²⁻ᵏ with mₖ = 2a₁mₖ₋₁ ⊕ 4a₂mₖ₋₂ ⊕ … ⊕ 2ˢmₖ₋ₛ ⊕ mₖ₋ₛ.
  private static func directions(polynomial: UInt32, first: [UInt32]) -> [UInt32] {
    guard polynomial > 1 else { return (1...32).map { 1 << UInt32(32 - $0) } }
    let degree = first.count
    var m = first
    for k in degree..<32 {
      var next = m[k - degree] ^ (m[k - degree] << UInt32(degree))
      for j in 1..<max(1, degree) where polynomial >> UInt32(degree - j) & 1 == 1 { next ^= m[k - j] << UInt32(j) }
      m.append(next)
    }
    return m.enumerated().map { $1 << UInt32(31 - $0) }
  }

  /// Primitive polynomials by their bits, the highest and the lowest among them, and the first direction numbers.
  private static let numbers: [(polynomial: UInt32, first: [UInt32])] = [
    (1, [1]), (3, [1]), (7, [1, 3]), (11, [1, 3, 1]), (13, [1, 1, 1]), (19, [1, 1, 3, 3]), (25, [1, 3, 5, 13]),
    (37, [1, 1, 5, 5, 17]), (41, [1, 1, 5, 5, 5]), (47, [1, 1, 7, 11, 19]), (55, [1, 1, 5, 1, 1]),
    (59, [1, 1, 1, 3, 11]), (61, [1, 3, 5, 5, 31]), (67, [1, 3, 3, 9, 7, 49]), (91, [1, 1, 1, 15, 21, 21]),
    (97, [1, 3, 1, 13, 27, 49]), (103, [1, 1, 1, 15, 7, 5]), (109, [1, 3, 1, 15, 13, 25]),
    (115, [1, 1, 5, 5, 19, 61]), (131, [1, 3, 7, 11, 23, 15, 103]), (137, [1, 3, 7, 13, 13, 15, 69]),
    (143, [1, 1, 3, 13, 7, 35, 63]), (145, [1, 3, 5, 9, 1, 25, 53]), (157, [1, 3, 1, 13, 9, 35, 107]),
    (167, [1, 3, 1, 5, 27, 61, 31]), (171, [1, 1, 5, 11, 19, 41, 61]), (185, [1, 3, 5, 3, 3, 13, 69]),
    (191, [1, 1, 7, 13, 1, 19, 1]), (193, [1, 3, 7, 5, 13, 19, 59]), (203, [1, 1, 3, 9, 25, 29, 41]),
    (211, [1, 3, 5, 13, 23, 1, 55]), (213, [1, 3, 7, 3, 13, 59, 17]),
  ]
}
