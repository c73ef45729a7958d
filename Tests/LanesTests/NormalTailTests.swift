import CGSL
import Glibc
import Lanes
import Testing

@Suite("Logarithms of the normal law, in lanes")
struct NormalTailTests {
  @Test("−2 ln Φ agrees with GSL's to 1e-8, in both tails")
  func againstGSL() {
    var largest = 0.0
    func compare(_ z: Lanes) {
      let found = minusTwoLogNormalProbability(z)
      for lane in 0..<Lanes.count {
        let expected = z[lane] < 0 ? -2 * log(gsl_cdf_ugaussian_P(z[lane])) : -2 * log1p(-gsl_cdf_ugaussian_Q(z[lane]))
        largest = Swift.max(largest, abs(found[lane] - expected))
      }
    }
    sweep(-9, 0, compare)
    sweep(0, 9, compare)
    #expect(largest < 1e-8, "error \(largest)")
  }
}
