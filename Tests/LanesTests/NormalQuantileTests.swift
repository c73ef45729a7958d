import CGSL
import Foundation
import Lanes
import Testing

@Suite("Quantiles of the normal law, in lanes")
struct NormalQuantileTests {
  @Test("the quantile agrees with GSL's to 4e-15 relative, into the far tail")
  func againstGSL() {
    var largest = 0.0
    func compare(_ u: Lanes) {
      let z = normalQuantile(u)
      for lane in 0..<Lanes.count {
        let expected = gsl_cdf_ugaussian_Pinv(u[lane])
        largest = Swift.max(largest, abs(z[lane] - expected) / abs(expected))
      }
    }
    sweep(0.001, 0.4999, compare)
    sweep(0.5001, 0.999, compare)
    logarithmicSweep(1e-300, 0.49, compare)
    #expect(largest < 4e-15, "relative error \(largest)")
  }

  @Test("it inverts the cumulative law as the C library's erfc knows it")
  func inverts() {
    logarithmicSweep(1e-290, 0.4) { u in
      let z = normalQuantile(u)
      for lane in 0..<Lanes.count {
        let back = 0.5 * Foundation.erfc(-z[lane] / 2.0.squareRoot())
        // A relative error ε of z moves the probability by about z²·ε.
        #expect(abs(back / u[lane] - 1) < (4 + z[lane] * z[lane]) * 1e-15)
      }
    }
  }

  @Test("it is antisymmetric about one half, and has its edge values")
  func edges() {
    sweep(1.0 / 1024, 0.5, count: 512) { u in #expect(normalQuantile(1 - u) == -normalQuantile(u)) }
    let z = normalQuantile(Lanes(SIMD8(0, 1, 0.5, -0.1, 1.1, .nan, 0x1p-54, 1 - 0x1p-53)))
    #expect(z[0] == -.infinity && z[1] == .infinity && z[2] == 0)
    #expect(z[3].isNaN && z[4].isNaN && z[5].isNaN)
    // scipy 1.17: scipy.stats.norm.ppf(2**-54), scipy.stats.norm.ppf(1 - 2**-53)
    #expect(abs(z[6] + 8.292361075813595) < 1e-14 && abs(z[7] - 8.209536151601387) < 1e-14)
  }
}
