import Foundation
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: an interval one rank narrower; averages
/// counted without those of a number with itself.
@Suite("Hodges and Lehmann's centre")
struct HodgesLehmannTests {
  @Test("it is the median of all averages, and its interval what scipy's test does not reject")
  func golden() throws {
    var compared = 0
    for golden in try ComparisonFigures.load().cases {
      guard let centre = golden.centre else { continue }
      let estimate = HodgesLehmann(golden.differences).estimate()
      #expect(agree(estimate.value, centre), "\(golden.name): \(estimate)")
      #expect(
        agree(estimate.low, golden.centreInterval?[0]) && agree(estimate.high, golden.centreInterval?[1]),
        "\(golden.name): \(estimate)")
      compared += 1
    }
    #expect(compared >= 5)
  }

  /// The slow twin: all averages, sorted.
  private static func averages(_ values: [Double]) -> [Double] {
    var averages: [Double] = []
    for i in values.indices { for j in i..<values.count { averages.append(values[i] / 2 + values[j] / 2) } }
    return averages.sorted()
  }

  @Test("counting along the sorted numbers finds what sorting all averages finds, of any sample", arguments: 1...60)
  func slowTwin(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = 1 + Int(random.uniform() * (seed % 10 == 0 ? 900 : 60))
    let values = (0..<count).map { _ in
      switch seed % 4 {
      case 0: random.normal()
      case 1: random.normal().rounded()
      case 2: exp(40 * random.normal()) * (random.uniform() < 0.5 ? -1 : 1)
      default: random.uniform() < 0.7 ? 0 : random.normal()
      }
    }
    let averages = Self.averages(values)
    let n = averages.count
    let (lower, upper) = (averages[(n + 1) / 2 - 1], averages[n / 2])
    let estimate = HodgesLehmann(values).estimate()
    #expect(estimate.value == lower + (upper - lower) / 2, "seed \(seed)")
    if let low = estimate.low, let high = estimate.high {
      let rank = averages.firstIndex(of: low)
      #expect(rank != nil && averages.contains(high), "seed \(seed)")
    }
  }

  @Test("ten thousand paths have fifty million averages, and take no time")
  func large() throws {
    var random = SplitMix64(seed: 36)
    let values = (0..<10_000).map { _ in 0.3 + random.normal() }
    let start = ContinuousClock.now
    let estimate = HodgesLehmann(values).estimate()
    #expect(ContinuousClock.now - start < .seconds(1))
    // Its standard error is √(π/3/n), 0.0102 here.
    let (low, value, high) = (try #require(estimate.low), try #require(estimate.value), try #require(estimate.high))
    #expect(abs((high - low) / (2 * 1.96 * 0.01023) - 1) < 0.05 && abs(value - 0.3) < 0.05)
  }

  @Test("few differences have no bounds, equal ones nothing that was seen, and mostly zeros are at zero")
  func small() {
    #expect(HodgesLehmann([]).estimate() == .unknown(n: 0, method: .signedRank))
    let one = HodgesLehmann([3]).estimate()
    #expect(one.value == 3 && one.low == nil && one.high == nil)
    // P(W = 0) of five ranks, 1/32, is above 2.5 %; of six, 1/64, below.
    #expect(HodgesLehmann([1, 2, 3, 4, 5]).estimate().low == nil)
    #expect(HodgesLehmann([1, 2, 3, 4, 5, 6]).estimate().low == 1)
    #expect(isNotSeen(HodgesLehmann([2, 2, 2]).estimate(), among: 3))
    let rare = HodgesLehmann((0..<400).map { $0 < 40 ? 1 : 0 }).estimate()
    #expect(rare.value == 0 && rare.low == 0 && rare.high == 0)
  }

  /// Up to fifty differences it covers at least as often as it says: 0.925 is 3.6 standard errors below.
  @Test("its 95 % interval covers the centre of a law with heavy tails", arguments: [25, 120])
  func coverage(count: Int) {
    let coverage = Coverage.of(1, seed: 37) { random in
      HodgesLehmann((0..<count).map { _ in 1 + random.normal() / (random.uniform() + 0.02) }).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
