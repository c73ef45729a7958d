import Statistics
import Testing

/// Estimators of numbers whose squares or third powers are none: no trap, and nothing that is no number.
@Suite("Extreme numbers")
struct ExtremeNumbersTests {
  static let samples: [[Double]] = [
    sample { $0 % 2 == 0 ? 1e200 : -1e199 }, sample { Double($0) * 1e306 },
    sample { Double($0 + 1) * .leastNonzeroMagnitude },
    sample { $0 == 0 ? 1e154 : 1 }, sample { $0 == 7 ? 1e110 : Double($0) },
    sample { $0 % 3 == 0 ? Double.greatestFiniteMagnitude : -Double.greatestFiniteMagnitude },
  ]

  private static func sample(_ number: (Int) -> Double) -> [Double] { (0..<60).map(number) }

  private func isANumber(_ estimate: Estimate) -> Bool {
    [estimate.value, estimate.low, estimate.high].allSatisfy { $0?.isFinite ?? true }
  }

  @Test("every estimate is a number or not estimable", arguments: samples)
  func estimates(sample: [Double]) {
    let ones = sample.map { _ in 1.0 }
    #expect(isANumber(Moments(sample).estimate()))
    #expect(isANumber(RatioOfSums(sample, over: ones, usually: 0).estimate()))
    #expect(isANumber(RatioOfSums(ones, over: sample, usually: 0).estimate()))
    let many = (0..<20).flatMap { _ in sample }
    #expect(isANumber(LossSample(losses: many).expectedShortfall(0.95)))
    #expect(isANumber(LossSample(losses: many).valueAtRisk(0.95)))
    #expect(isANumber(SortedSample(sample).quantile(0.5)))
    #expect(isANumber(SortedSample(sample).quantile(0.5).scaled(by: 1e300)))
    for unit in [Unit.percent, .basisPoints, .number, .duration(day: 86_400), .days(day: 23_400)] {
      for number in sample.prefix(3) {
        let text = unit.text(number)
        #expect(!text.contains("inf") && !text.contains("nan"))
      }
    }
  }

  @Test("a mean of ordinary numbers with one far out has its value, without bounds")
  func farOut() {
    let estimate = Moments(Self.samples[4]).estimate()
    #expect(abs((estimate.value ?? 0) / (1e110 / 60) - 1) < 1e-12)
    #expect(estimate.low == nil && estimate.high == nil)
  }
}
