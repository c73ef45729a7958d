import Lanes
import Randomness

/// What makes Student's variables normal one by one: X = Φ⁻¹(t_ν(T)), which rises with T.
///
/// With s = ν·log(1 + T²/ν), X is nearly √s with the sign of T (Wallace 1959): X/√s is smooth in s, for every ν, and
/// interpolated at Chebyshev nodes over 0 … 144 from the exact laws, to 10⁻⁸ of X (`StudentCopulaTests`). Beyond, where one T in
/// 10³² lies, s counts as 144.
/// Source: D. L. Wallace (1959), "Bounds on normal approximations to Student's and the chi-square distributions", Annals of
/// Mathematical Statistics 30(4).
package struct StudentCopula: Sendable {
  /// ν.
  let degrees: Double
  private let coefficients: [Double]

  private static let furthest = 144.0
  private static let count = 32

  /// Its map.
  package init(degrees: Double) {
    self.degrees = degrees
    let law = StudentT(median: 0, scale: 1, degrees: degrees)
    coefficients = ChebyshevSum.coefficients(count: Self.count) { node in
      let s = 0.5 * Self.furthest * (1 + node)
      let t = (degrees * expm1(Lanes(s / degrees))[0]).squareRoot()
      return -normalQuantile(Lanes(law.cumulative(-t)))[0] / s.squareRoot()
    }
  }

  /// X at T = Z·√r.
  ///
  /// - Parameter ratio: r = ν/χ²_ν.
  @inline(__always)
  func normal(_ z: Lanes, ratio: Lanes, _ coefficients: Span<Double>) -> Lanes {
    let s = min(log1p(z * z * ratio * (1 / degrees)) * degrees, Lanes(Self.furthest))
    let slope = ChebyshevSum.value(at: fma(s, 2 / Self.furthest, Lanes(-1)), coefficients)
    return flipSign(of: sqrt(s) * slope, by: z)
  }

  /// Writes X − Z of the innovations of a step.
  ///
  /// - Parameters:
  ///   - mixing: the normals behind r, by lane group.
  ///   - innovations: Z as their diffusions, which become X − Z.
  @inline(never)
  func shift(
    _ mixing: ContiguousArray<NormalBlock>, _ index: Int32, _ law: StudentMixing,
    _ innovations: inout ContiguousArray<Innovation>
  ) {
    let coefficients = coefficients.span
    let mixing = mixing.span
    var innovations = innovations.mutableSpan
    for group in innovations.indices {
      let z = innovations[group].diffusion
      let ratio = 1 / law.chiSquarePerDegree(at: mixing[group][index])
      innovations[group].diffusion = normal(z, ratio: ratio, coefficients) - z
    }
  }
}

extension StudentCopula {
  /// X at T, for tests and wherever speed does not matter.
  package func normal(at t: Lanes) -> Lanes { normal(t, ratio: .one, coefficients.span) }
}
