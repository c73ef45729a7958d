import Statistics
import Testing

@Suite("Means")
struct MomentsTests {
  struct Golden: Decodable {
    struct Case: Decodable { let sample: [Double]; let confidence, mean, variance: Double; let interval: [Double] }
    struct Critical: Decodable { let confidence, degrees, student, normal: Double }
    let means: [Case]
    let critical: [Critical]
  }

  @Test("Student's interval is that of statsmodels, also a million away from zero")
  func golden() throws {
    for golden in try Fixture.load("means", as: Golden.self).means {
      let moments = Moments(golden.sample)
      let estimate = moments.estimate(confidence: golden.confidence)
      #expect(agree(moments.mean, golden.mean, to: 1e-14))
      #expect(agree(moments.variance, golden.variance, to: 1e-9))
      #expect(agree(estimate.low, golden.interval[0]) && agree(estimate.high, golden.interval[1]), "\(golden.interval)")
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
    }
  }

  @Test("its 95 % interval covers the mean of a skewed law")
  func coverage() {
    let coverage = Coverage.of(2, seed: 1) { random in
      Moments((0..<400).map { _ in random.exponential(mean: 2) }).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
