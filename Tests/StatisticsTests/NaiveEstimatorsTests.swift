import Foundation
import Statistics
import Testing

/// What is often done in place of what we do, and how often it holds the truth in the same 1,000 samples.
@Suite("Naive estimators")
struct NaiveEstimatorsTests {
  /// Counts in how many samples each of two intervals holds the truth.
  private static func coverage(
    of truth: Double, seed: UInt64, _ both: (inout SplitMix64) -> (ours: Estimate, naive: ClosedRange<Double>)
  ) -> (ours: Double, naive: Double) {
    var random = SplitMix64(seed: seed)
    var hits = (0, 0)
    for _ in 0..<Coverage.replications {
      let (ours, naive) = both(&random)
      if (ours.low ?? -.infinity) <= truth, truth <= (ours.high ?? .infinity) { hits.0 += 1 }
      if naive.contains(truth) { hits.1 += 1 }
    }
    return (Double(hits.0) / Double(Coverage.replications), Double(hits.1) / Double(Coverage.replications))
  }

  private static func normal(_ value: Double, _ error: Double) -> ClosedRange<Double> {
    value - 1.96 * error...value + 1.96 * error
  }

  @Test("Wald's interval of a share misses a survival of 99 % in one of seven samples; ours holds")
  func wald() {
    let coverage = Self.coverage(of: 0.99, seed: 51) { random in
      let alive = (0..<200).count { _ in random.uniform() < 0.99 }
      let share = Double(alive) / 200
      return (Proportion(alive, of: 200).estimate(), Self.normal(share, (share * (1 - share) / 200).squareRoot()))
    }
    #expect(coverage.ours >= 0.925 && coverage.naive < 0.9, "\(coverage)")
  }

  /// Recovery takes 10 h on average, and each path is watched for 12: the time in trouble up to then is what can be known.
  @Test("the mean recovery of those that recovered is too short; the mean time up to the horizon holds")
  func meanOfTheRecovered() {
    let truth = 10 * (1 - exp(-1.2))
    let coverage = Self.coverage(of: truth, seed: 52) { random in
      let times = (0..<300).map { _ in random.exponential(mean: 10) }
      let recovered = Moments(times.filter { $0 <= 12 })
      let error = ((recovered.variance ?? 0) / Double(recovered.count)).squareRoot()
      let curve = SurvivalCurve(times: times.map { min($0, 12) }, isEvent: times.map { $0 <= 12 })
      return (curve.restrictedMean(to: 12), Self.normal(recovered.mean, error))
    }
    #expect(Coverage.band.contains(coverage.ours) && coverage.naive < 0.01, "\(coverage)")
  }

  @Test("one less the curve that censors ruin promises recoveries that never come; Aalen and Johansen's holds")
  func ruinCensored() {
    let coverage = Self.coverage(of: CumulativeIncidenceTests.recovered(by: 1), seed: 53) { random in
      let endings = CumulativeIncidenceTests.endings(300, &random)
      let naive = SurvivalCurve(times: endings.map(\.time), isEvent: endings.map { $0.cause == .recovered })
        .estimate(at: 1).complement
      return (
        CumulativeIncidence(endings).estimate(of: .recovered, at: 1), (naive.low ?? 0)...(naive.high ?? 1)
      )
    }
    #expect(Coverage.band.contains(coverage.ours) && coverage.naive < 0.2, "\(coverage)")
  }

  /// Worlds with a correlation of 0.95 and a difference of a tenth of their spread: paired it is six standard errors,
  /// unpaired one and a half.
  @Test(
    "taken as independent, desks on common paths are held alike where they differ; path by path they are told apart")
  func unpaired() {
    var found = (paired: 0, unpaired: 0)
    let coverage = Self.coverage(of: 0.1, seed: 55) { random in
      var (first, second): ([Double], [Double]) = ([], [])
      for _ in 0..<400 {
        let common = 0.95.squareRoot() * random.normal()
        first.append(0.1 + common + 0.05.squareRoot() * random.normal())
        second.append(common + 0.05.squareRoot() * random.normal())
      }
      let (one, other) = (Moments(first), Moments(second))
      let error = (((one.variance ?? 0) + (other.variance ?? 0)) / 400).squareRoot()
      let naive = Self.normal(one.mean - other.mean, error)
      let paired = Moments(PairedSample(first, second).differences).estimate()
      if (paired.low ?? 0) > 0 { found.paired += 1 }
      if naive.lowerBound > 0 { found.unpaired += 1 }
      return (paired, naive)
    }
    #expect(Coverage.band.contains(coverage.ours) && coverage.naive > 0.999, "\(coverage)")
    #expect(found.paired > 990 && found.unpaired < 250, "\(found)")
  }
}
