import Foundation
import Randomness
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: an acceleration of the other sign.
@Suite("Bootstrap of a mean")
struct BootstrapMeanTests {
  private static func key(_ seed: UInt64) -> StreamKey {
    RandomStreams(seed: seed, namespace: .test).key("bootstrap")
  }

  /// Of 40,000 resamples an end has a Monte Carlo error of 0.02 standard errors of the mean: that of the quantile, 0.0134,
  /// and twice that of z₀, 0.0063, beside scipy's own. A tenth is five of them.
  @Test("its interval is scipy's, to the Monte Carlo error")
  func golden() throws {
    var compared = 0
    for golden in try ComparisonFigures.load().cases {
      guard let interval = golden.bootstrap, let error = golden.bootstrapError else { continue }
      let estimate = BootstrapMean(golden.differences, resamples: 40_000, key: Self.key(1)).estimate()
      #expect(agree(estimate.value, golden.differences.reduce(0, +) / Double(golden.differences.count)))
      #expect(
        abs((estimate.low ?? .nan) - interval[0]) < 0.1 * error, "\(golden.name): \(estimate) \(interval) \(error)")
      #expect(
        abs((estimate.high ?? .nan) - interval[1]) < 0.1 * error, "\(golden.name): \(estimate) \(interval) \(error)")
      compared += 1
    }
    #expect(compared == 3)
  }

  @Test("the same stream gives the same interval, another one nearly the same")
  func streams() throws {
    var random = SplitMix64(seed: 40)
    let differences = (0..<200).map { _ in random.normal() }
    let one = BootstrapMean(differences, key: Self.key(1)).estimate()
    #expect(one == BootstrapMean(differences, key: Self.key(1)).estimate())
    let other = BootstrapMean(differences, key: Self.key(2)).estimate()
    #expect(one != other && abs((one.low ?? .nan) - (other.low ?? .nan)) < 0.03)
  }

  @Test("what is too few for Hall's interval is too few for this one")
  func few() {
    let rare = (0..<1000).map { $0 < 10 ? Double($0 + 1) : 0 }
    #expect(BootstrapMean(rare, key: Self.key(1)).estimate().evidence == .tooFewPaths)
    #expect(isNotSeen(BootstrapMean([0, 0, 0], key: Self.key(1)).estimate(), among: 3))
    #expect(BootstrapMean([], key: Self.key(1)).estimate().value == nil)
    let huge = BootstrapMean((0..<60).map { 1e307 * Double($0 % 7) }, key: Self.key(1)).estimate()
    #expect(huge.low == nil)
  }

  @Test("its 95 % interval covers the mean of a skewed law")
  func coverage() {
    let coverage = Coverage.of(2, seed: 41) { random in
      BootstrapMean(
        (0..<200).map { _ in random.exponential(mean: 2) }, resamples: 1000, key: Self.key(random.next())
      ).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
