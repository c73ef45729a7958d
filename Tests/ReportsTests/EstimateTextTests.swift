import Reports
import Statistics
import Testing

@Suite("Estimates in words")
struct EstimateTextTests {
  @Test("an estimate reads with its interval, and says so where there is none")
  func estimates() {
    let known = Estimate(value: 0.412, low: 0.402, high: 0.422, n: 10_000, method: .wilson)
    #expect(known.text(.percent) == "41.2\u{A0}% [40.2, 42.2]")
    let sure = Estimate(value: 1, low: 0.99963, high: 1, n: 10_000, method: .wilson)
    #expect(sure.text(.percent) == "100\u{A0}% [99.96, 100]")
    let never = Estimate.unknown(n: 12, method: .brookmeyerCrowley)
    #expect(never.text(.duration(day: 23_400)) == "not reached")
    let open = Estimate(value: 600, low: 540, high: nil, n: 12, method: .brookmeyerCrowley)
    #expect(open.text(.duration(day: 23_400)) == "10\u{A0}min [9\u{A0}min, not reached]")
  }

  /// Planted mistakes: [0, 0] for what was never seen; a share too small for three digits written as 0.
  @Test("what a sample cannot bound is said in words")
  func evidence() {
    let few = Estimate(value: 0.412, low: nil, high: nil, n: 100, method: .tailVariance, evidence: .tooFewPaths)
    #expect(few.text(.percent) == "41.2\u{A0}% [too few paths]")
    let never = Proportion(0, of: 10_000).estimate()
    #expect(never.text(.percent) == "0\u{A0}% [not seen; at most 0.030\u{A0}% of paths (95\u{A0}%)]")
    let always = Proportion(200, of: 200).estimate()
    #expect(always.text(.percent) == "100\u{A0}% [no exception seen; at most 1.5\u{A0}% of paths (95\u{A0}%)]")
    let rarest = Proportion(0, of: 10_000_000).estimate()
    #expect(rarest.text(.percent).contains("at most 0.000030\u{A0}% of paths"))
    let cost = Moments([Double](repeating: 0, count: 50)).estimate()
    #expect(cost.text(.basisPoints) == "0.0\u{A0}bps [not seen; at most 5.8\u{A0}% of paths (95\u{A0}%)]")
  }
}
