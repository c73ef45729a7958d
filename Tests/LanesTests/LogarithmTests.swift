import Foundation
import Lanes
import Testing

@Suite("Logarithm of lanes")
struct LogarithmTests {
  @Test("log is within one ulp of the logarithm in extended precision, subnormal numbers included")
  func logarithm() {
    for (low, high) in [(0.5, 2.0), (0.999, 1.001), (1, 1 + 1e-9), (0.7, 0.71), (1.41, 1.42)] {
      let error = largestError(of: log, against: { Foundation.log($0) }) { sweep(low, high, $0) }
      #expect(error.ulps <= 1, "log is \(error.ulps) ulp off at \(error.at)")
    }
    for (low, high) in [(1e-300, 1e300), (0x1p-1074, 1e-300), (1e300, Double.greatestFiniteMagnitude)] {
      let error = largestError(of: log, against: { Foundation.log($0) }) { logarithmicSweep(low, high, $0) }
      #expect(error.ulps <= 1, "log is \(error.ulps) ulp off at \(error.at)")
    }
  }

  @Test("log is exactly 0 at 1, and right at the ends of its range")
  func edges() {
    let y = log(Lanes(SIMD8(1, 0, -0.0, .infinity, .nan, -1, -.infinity, 0x1p-1074)))
    #expect(y[0] == 0 && y[1] == -.infinity && y[2] == -.infinity && y[3] == .infinity)
    #expect(y[4].isNaN && y[5].isNaN && y[6].isNaN)
    #expect(abs(y[7] + 744.4400719213812) < 1e-12)
  }

  @Test("the cheap logarithm gives the same bits on positive normal numbers")
  func cheapPath() {
    logarithmicSweep(2.3e-308, 1e308) { x in #expect(logOfNormal(x) == log(x)) }
  }

  @Test("log1p keeps its relative accuracy near 0")
  func onePlus() {
    for (low, high) in [(-0.999, 10.0), (-1e-3, 1e-3), (-1e-15, 1e-15), (-1e-300, 1e-300)] {
      let error = largestError(of: log1p, against: { Foundation.log1p($0) }) { sweep(low, high, $0) }
      #expect(error.ulps <= 2, "log1p is \(error.ulps) ulp off at \(error.at)")
    }
    #expect(log1p(Lanes.infinity) == .infinity && log1p(Lanes(-1)) == Lanes(-Double.infinity))
    #expect(log1p(Lanes(-1.5))[0].isNaN && log1p(.zero) == .zero)
  }

  @Test("pow follows the C library where |y·log x| is small, and has its edge values")
  func power() {
    for y in [-2.5, -1, 0.5, 1, 1.5, 3] {
      let error = largestError(of: { pow($0, y) }, against: { Foundation.pow($0, Wide(y)) }) {
        logarithmicSweep(1e-3, 1e3, $0)
      }
      #expect(error.ulps <= 24, "x^\(y) is \(error.ulps) ulp off at \(error.at)")
    }
    #expect(pow(Lanes.zero, 1.5) == .zero && pow(Lanes.zero, 0) == .one && pow(Lanes.one, 7.3) == .one)
    #expect(pow(Lanes.zero, -1) == .infinity && pow(Lanes.infinity, 2) == .infinity)
  }
}
