import Foundation
import Statistics
import Testing

@Suite("Proportions")
struct ProportionTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let successes: Int, trials: Int
      let confidence: Double
      let wilson: [Double], clopperPearson: [Double]
    }
    struct Coverage: Decodable {
      let trials: Int
      let probability, wilson, clopperPearson, wald: Double
    }
    let cases: [Case]
    let coverage: [Coverage]
  }

  @Test("intervals are those of statsmodels, from no failure in 20 to millions in ten million")
  func golden() throws {
    for golden in try Fixture.load("proportions", as: Golden.self).cases {
      let proportion = Proportion(golden.successes, of: golden.trials)
      let wilson = proportion.wilson(confidence: golden.confidence)
      let exact = proportion.clopperPearson(confidence: golden.confidence)
      #expect(agree(wilson.low, golden.wilson[0]) && agree(wilson.high, golden.wilson[1]), "\(golden)")
      #expect(
        agree(exact.low, golden.clopperPearson[0]) && agree(exact.high, golden.clopperPearson[1]), "\(golden) \(exact)")
      #expect(wilson.value == Double(golden.successes) / Double(golden.trials))
    }
  }

  @Test("exact coverage is that of the formula: at n = 200 and p = 0.99 Wilson 0.948, Clopper–Pearson 0.984")
  func exactCoverage() throws {
    for golden in try Fixture.load("proportions", as: Golden.self).coverage {
      var wilson = 0.0
      var exact = 0.0
      let law = BinomialLaw(trials: golden.trials, probability: golden.probability)
      for successes in 0...golden.trials {
        let mass = law.cumulative(successes) - law.cumulative(successes - 1)
        let proportion = Proportion(successes, of: golden.trials)
        func holds(_ estimate: Estimate) -> Bool {
          (estimate.low ?? 1) <= golden.probability && golden.probability <= (estimate.high ?? 0)
        }
        if holds(proportion.wilson()) { wilson += mass }
        if holds(proportion.clopperPearson()) { exact += mass }
      }
      #expect(abs(wilson - golden.wilson) < 1e-10, "\(golden)")
      #expect(abs(exact - golden.clopperPearson) < 1e-10, "\(golden)")
    }
  }

  @Test("the exact interval covers at least what it promises, for every probability on a grid")
  func exactIntervalsNeverUndercover() {
    for trials in [1, 10, 60, 200] {
      let intervals = (0...trials).map { Proportion($0, of: trials).clopperPearson() }
      for step in 1..<200 {
        let probability = Double(step) / 200
        let law = BinomialLaw(trials: trials, probability: probability)
        var coverage = 0.0
        for (successes, interval) in intervals.enumerated()
        where (interval.low ?? 1) <= probability && probability <= (interval.high ?? 0) {
          coverage += law.cumulative(successes) - law.cumulative(successes - 1)
        }
        #expect(coverage >= 0.95 - 1e-12, "n = \(trials), p = \(probability): \(coverage)")
      }
    }
  }

  /// Exact in the sum over all counts. Planted mistake: Wilson's interval from five events on, which covers 0.91 somewhere.
  @Test("a report's interval is exact under ten of either kind and covers 0.93 to 0.99 at any share")
  func byCounts() {
    for (successes, trials) in [(9, 500), (491, 500), (0, 7), (3, 3), (9, 19)] {
      #expect(Proportion(successes, of: trials).estimate().method == .clopperPearson)
    }
    for (successes, trials) in [(10, 500), (490, 500), (10, 20)] {
      #expect(Proportion(successes, of: trials).estimate() == Proportion(successes, of: trials).wilson())
    }
    let none = Proportion(0, of: 1000).estimate()
    #expect(isNotSeen(none, among: 1000) && agree(none.high, 1 - pow(0.025, 0.001), to: 1e-12))
    #expect(Proportion(1000, of: 1000).estimate().evidence == none.evidence)
    for trials in [60, 200, 1000] {
      let intervals = (0...trials).map { Proportion($0, of: trials).estimate() }
      for step in 1..<100 {
        let probability = Double(step) / 200
        let law = BinomialLaw(trials: trials, probability: probability)
        var coverage = 0.0
        for (successes, interval) in intervals.enumerated()
        where (interval.low ?? 1) <= probability && probability <= (interval.high ?? 0) {
          coverage += law.cumulative(successes) - law.cumulative(successes - 1)
        }
        #expect(coverage > 0.92, "n = \(trials), p = \(probability): \(coverage)")
      }
    }
  }

  @Test("no failure in 1,000 leaves an upper bound of 0.00368 by the exact interval")
  func noFailure() throws {
    let high = try #require(Proportion(0, of: 1000).clopperPearson().high)
    // 1 − (α/2)^(1/n), the closed form at x = 0.
    #expect(abs(high - 0.003682083896865672) < 1e-15)
  }

  @Test("no trials give no figure, and no or all successes an interval that ends at 0 or 1")
  func edges() {
    #expect(Proportion(0, of: 0).wilson() == .unknown(n: 0, method: .wilson))
    #expect(Proportion(0, of: 0).clopperPearson() == .unknown(n: 0, method: .clopperPearson))
    for trials in [1, 40, 1_000_000_000] {
      for estimate in [Proportion(0, of: trials).wilson(), Proportion(0, of: trials).clopperPearson()] {
        #expect(estimate.low == 0 && estimate.value == 0)
      }
      for estimate in [Proportion(trials, of: trials).wilson(), Proportion(trials, of: trials).clopperPearson()] {
        #expect(estimate.high == 1 && estimate.value == 1)
      }
    }
  }

  @Test("failures are successes seen from the other side")
  func symmetry() {
    for (successes, trials) in [(0, 30), (3, 30), (29, 30), (17, 1_000_000)] {
      for (one, other) in [
        (Proportion(successes, of: trials).wilson(), Proportion(trials - successes, of: trials).wilson()),
        (
          Proportion(successes, of: trials).clopperPearson(),
          Proportion(trials - successes, of: trials).clopperPearson()
        ),
      ] {
        #expect(abs((one.low ?? 9) - (other.complement.low ?? 8)) < 1e-14)
        #expect(abs((one.high ?? 9) - (other.complement.high ?? 8)) < 1e-14)
      }
    }
  }
}
