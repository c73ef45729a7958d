import Foundation
import Lanes
import Testing

@Suite("Sine and cosine of turns, hyperbolic tangent")
struct TrigonometryTests {
  @Test("sine and cosine of a turn are within 2e-16 of extended precision")
  func turns() {
    for (low, high) in [(0.0, 1.0), (-2, 2), (1000, 1001)] {
      sweep(low, high) { u in
        let (sine, cosine) = sinCosTurns(u)
        for lane in 0..<Lanes.count {
          let angle = 2 * Wide.pi * (Wide(u[lane]) - Wide(u[lane]).rounded())
          #expect(abs(Wide(sine[lane]) - Foundation.sin(angle)) < 2e-16)
          #expect(abs(Wide(cosine[lane]) - Foundation.cos(angle)) < 2e-16)
        }
      }
    }
  }

  @Test("quarters of a turn are exact")
  func quarters() {
    let (sine, cosine) = sinCosTurns(Lanes(SIMD8(0, 0.25, 0.5, 0.75, 1, -0.25, -0.5, 1e6)))
    #expect(sine == Lanes(SIMD8(0, 1, 0, -1, 0, -1, 0, 0)))
    #expect(cosine == Lanes(SIMD8(1, 0, -1, 0, 1, 0, -1, 1)))
  }

  @Test("tanh is within three ulp of extended precision, odd, and saturates")
  func hyperbolicTangent() {
    for (low, high) in [(-25.0, 25.0), (-1, 1), (-1e-5, 1e-5), (-1e-300, 1e-300)] {
      let error = largestError(of: tanh, against: { Foundation.tanh($0) }) { sweep(low, high, $0) }
      #expect(error.ulps <= 3, "tanh is \(error.ulps) ulp off at \(error.at)")
      sweep(low, high, count: 1_000) { x in #expect(tanh(-x) == -tanh(x)) }
    }
    let y = tanh(Lanes(SIMD8(0, -0.0, 25, -25, .infinity, -.infinity, .nan, 1e300)))
    #expect(y[0] == 0 && y[1].sign == .minus && y[2] == 1 && y[3] == -1)
    #expect(y[4] == 1 && y[5] == -1 && y[6].isNaN && y[7] == 1)
  }
}
