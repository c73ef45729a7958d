import Foundation
import Statistics
import Testing

/// The mean of numbers between 0 and 1, where hardly one differs from the others.
@Suite("Bounded means")
struct BoundedMeanTests {
  /// α/2 = 0.025, n = 100: 0.025^0.01 = 0.963782.
  @Test("of numbers that are all the same at an end, its bound is Clopper and Pearson's", arguments: [0.0, 1])
  func allSame(_ value: Double) throws {
    let estimate = BoundedMean(Array(repeating: value, count: 100)).estimate()
    let bound = pow(0.025, 0.01)
    #expect(estimate.value == value && estimate.method == .hoeffding)
    let (low, high) = (try #require(estimate.low), try #require(estimate.high))
    #expect(abs(low - (value == 1 ? bound : 0)) < 1e-12 && abs(high - (value == 1 ? 1 : 1 - bound)) < 1e-12)
    #expect(low <= high)
  }

  /// n·KL(x̄‖μ) = ln 40 at both ends.
  @Test("where few differ, its ends are where Hoeffding's exponent is reached, also where all are the same inside")
  func few() throws {
    for values in [Array(repeating: 1.0, count: 99) + [0.4], Array(repeating: 0.3, count: 50)] {
      let estimate = BoundedMean(values).estimate()
      let mean = values.reduce(0, +) / Double(values.count)
      for end in [try #require(estimate.low), try #require(estimate.high)] {
        let exponent = mean * log(mean / end) + (1 - mean) * log((1 - mean) / (1 - end))
        #expect(abs(exponent * Double(values.count) - log(40)) < 1e-6, "\(end)")
      }
    }
  }

  @Test("where they differ it is the mean with Student's t, and no end leaves 0…1")
  func student() throws {
    let values = (0..<200).map { Double(($0 * 37) % 101) / 100 }
    #expect(BoundedMean(values).estimate().value == Moments(values).estimate().value)
    #expect(BoundedMean(values).estimate().low == Moments(values).estimate().low)
    #expect(BoundedMean([]).estimate().value == nil)
  }
}
