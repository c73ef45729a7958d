import Foundation
import Lanes
import Testing

@Suite("Exponential of lanes")
struct ExponentialTests {
  @Test("exp is within 1.25 ulp of the exponential in extended precision, also where it is subnormal")
  func exponential() {
    for (low, high) in [(-745.5, 710.0), (-1, 1), (-1e-3, 1e-3), (-746, -700), (700, 709.9)] {
      let error = largestError(of: exp, against: { Foundation.exp($0) }) { sweep(low, high, $0) }
      #expect(error.ulps <= 1.25, "exp is \(error.ulps) ulp off at \(error.at)")
    }
  }

  @Test("exp is exactly 1 at 0, and right at the ends of its range")
  func edges() {
    let x = Lanes(SIMD8(0, -0.0, .infinity, -.infinity, .nan, 709.782712893384, 709.7827128933841, -745.2))
    let y = exp(x)
    #expect(y[0] == 1 && y[1] == 1)
    #expect(y[2] == .infinity && y[3] == 0 && y[4].isNaN)
    #expect(y[5].isFinite && y[6] == .infinity && y[7] == 0)
    #expect(exp(Lanes(1e300)) == .infinity && exp(Lanes(-1e300)) == .zero)
    #expect(exp(Lanes(-745.1)) == Lanes(0x1p-1074))
  }

  @Test("exp2 is within two ulp, exact at integers, and right at its ends")
  func powersOfTwo() {
    let error = largestError(of: exp2, against: { Foundation.exp2($0) }) { sweep(-1075, 1024.5, $0) }
    #expect(error.ulps <= 2, "exp2 is \(error.ulps) ulp off at \(error.at)")
    for n in -1074...1023 { #expect(exp2(Lanes(Double(n)))[3] == Double(sign: .plus, exponent: n, significand: 1)) }
    #expect(exp2(Lanes(1024)) == .infinity && exp2(Lanes(-.infinity)) == .zero && exp2(Lanes.nan)[0].isNaN)
  }

  @Test("expm1 keeps its relative accuracy near 0")
  func minusOne() {
    for (low, high) in [(-40.0, 709.7), (-1, 1), (-1e-6, 1e-6), (-1e-300, 1e-300)] {
      let error = largestError(of: expm1, against: { Foundation.expm1($0) }) { sweep(low, high, $0) }
      #expect(error.ulps <= 2.5, "expm1 is \(error.ulps) ulp off at \(error.at)")
    }
    #expect(expm1(.zero) == .zero && expm1(Lanes.infinity) == .infinity && expm1(Lanes(-1e9)) == Lanes(-1))
    #expect(expm1(Lanes.nan)[7].isNaN)
  }
}
