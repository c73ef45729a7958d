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
}
