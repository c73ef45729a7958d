import Foundation
import Statistics
import Testing

@Suite("Means")
struct MomentsTests {
  struct Golden: Decodable {
    struct Case: Decodable { let sample: [Double]; let confidence, mean, variance: Double; let interval: [Double]? }
    struct Critical: Decodable { let confidence, degrees, student, normal: Double }
    let means: [Case]
    let critical: [Critical]
  }

  @Test("Student's interval after Hall's transformation is that of scipy, also a million away from zero")
  func golden() throws {
    for golden in try Fixture.load("means", as: Golden.self).means {
      let moments = Moments(golden.sample)
      let estimate = moments.estimate(confidence: golden.confidence)
      #expect(agree(moments.mean, golden.mean, to: 1e-14))
      #expect(agree(moments.variance, golden.variance, to: 1e-9))
      #expect(
        agree(estimate.low, golden.interval?[0]) && agree(estimate.high, golden.interval?[1]), "\(golden) \(estimate)")
    }
  }

  @Test("critical values are scipy's for one to ten million degrees of freedom")
  func critical() throws {
    for golden in try Fixture.load("means", as: Golden.self).critical {
      #expect(agree(CriticalValue.normal(golden.confidence), golden.normal))
      let student = CriticalValue.student(golden.confidence, degrees: golden.degrees)
      #expect(agree(student, golden.student), "\(golden): \(student)")
    }
  }

  @Test("no number has no mean, and one has no interval")
  func small() {
    #expect(Moments().estimate() == .unknown(n: 0, method: .studentT))
    #expect(Moments([3]).estimate() == Estimate(value: 3, low: nil, high: nil, n: 1, method: .studentT))
    #expect(Moments([3]).variance == nil)
  }

  @Test("merged parts tell what the whole tells")
  func merging() throws {
    var random = SplitMix64(seed: 11)
    let sample = (0..<1000).map { _ in 50 + random.normal() }
    let whole = Moments(sample)
    for cut in [0, 1, 400, 1000] {
      var merged = Moments(sample[..<cut])
      merged.merge(Moments(sample[cut...]))
      #expect(merged.count == 1000 && agree(merged.mean, whole.mean, to: 1e-14))
      #expect(agree(merged.variance, whole.variance, to: 1e-12))
      #expect(abs(merged.skewness - whole.skewness) < 1e-12)
      #expect(agree(merged.estimate().low, whole.estimate().low, to: 1e-13))
    }
  }

  /// Planted mistakes: zeros counted as events; equal numbers given an interval of no width.
  @Test("numbers that are all the same say nothing of others, and a few that are not 0 are too few for bounds")
  func rare() {
    let none = Moments([Double](repeating: 0, count: 1000)).estimate()
    #expect(none.value == 0 && none.low == nil && none.high == nil)
    #expect(isNotSeen(none, among: 1000))
    let same = Moments([Double](repeating: 0.1, count: 60)).estimate()
    #expect(same.low == nil && isNotSeen(same, among: 60))
    func rare(_ events: Int) -> Estimate {
      Moments((0..<1000).map { $0 < events ? Double($0 + 1) : 0 }).estimate()
    }
    #expect(rare(24).evidence == .tooFewPaths && rare(24).low == nil && agree(rare(24).value, 0.3, to: 1e-12))
    #expect(rare(25).evidence == .sampled && rare(25).low != nil)
    // One path in a thousand makes the mean.
    #expect(Moments((0..<1000).map { $0 == 0 ? 1e9 : Double($0) }).estimate().evidence == .tooFewPaths)
  }

  /// Student's own interval covers 0.87 of them.
  @Test("its 95 % interval covers the mean of a cost that arises on 40 paths in a thousand")
  func rareCoverage() {
    let coverage = Coverage.of(0.04 * exp(0.125), seed: 21) { random in
      Moments((0..<1000).map { _ in random.uniform() < 0.04 ? exp(0.5 * random.normal()) : 0 }).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }

  @Test("its 95 % interval covers the mean of a skewed law")
  func coverage() {
    let coverage = Coverage.of(2, seed: 1) { random in
      Moments((0..<400).map { _ in random.exponential(mean: 2) }).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
