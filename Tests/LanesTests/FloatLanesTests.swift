import Foundation
import Lanes
import Testing

@Suite("Single-precision lanes")
struct FloatLanesTests {
  /// The largest error of a function over many points, sixteen at a time.
  static func worst(
    _ points: [Float], _ fast: (FloatLanes) -> FloatLanes, _ exact: (Double) -> Double,
    _ error: (Double, Double) -> Double
  ) -> Double {
    var worst = 0.0
    for first in stride(from: 0, to: points.count - 15, by: 16) {
      var lanes = FloatLanes.zero
      for lane in 0..<16 { lanes[lane] = points[first + lane] }
      let result = fast(lanes)
      for lane in 0..<16 {
        worst = max(worst, error(Double(result[lane]), exact(Double(points[first + lane]))))
      }
    }
    return worst
  }

  static let sizes: [Float] = (0..<200_000).map { Float(pow(10, -37 + 74 * Double($0) / 200_000)) }
  static let ulp = Double(Float.ulpOfOne)

  @Test("tanh is within 5e-7 of the C library's, and odd")
  func hyperbolicTangent() {
    let points: [Float] = (0..<320_000).map { -12 + 24 * Float($0) / 320_000 }
    let worst = Self.worst(points, { tanh($0) }, { Foundation.tanh($0) }) { abs($0 - $1) }
    #expect(worst < 5e-7)
    let odd = Self.worst(points, { tanh($0) + tanh(-$0) }, { _ in 0 }) { abs($0 - $1) }
    #expect(odd == 0)
  }

  @Test("a reciprocal is within 3 ulp from 1e-37 to 1e37")
  func reciprocals() {
    let worst = Self.worst(Self.sizes, { reciprocal($0) }, { 1 / $0 }) { abs($0 / $1 - 1) }
    #expect(worst < 3 * Self.ulp)
  }

  @Test("a square root is within 3 ulp from 1e-37 to 1e37, and 0 of 0")
  func squareRoots() {
    let worst = Self.worst(Self.sizes, { squareRoot($0) }, { $0.squareRoot() }) { abs($0 / $1 - 1) }
    #expect(worst < 3 * Self.ulp)
    #expect(squareRoot(FloatLanes.zero) == .zero)
    #expect(squareRoot(FloatLanes(Float(bitPattern: 700)))[0] < 4e-19)
  }

  @Test("a sum adds all sixteen")
  func sums() {
    var lanes = FloatLanes.zero
    for lane in 0..<16 { lanes[lane] = Float(1 << lane) }
    #expect(lanes.sum == 65_535)
  }
}
