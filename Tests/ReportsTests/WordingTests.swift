import Reports
import Statistics
import Testing

@Suite("Numbers in words")
struct WordingTests {
  @Test("a number has as many decimals as its interval allows, a true minus, and never reads −0 or nan")
  func numbers() {
    #expect(Unit.percent.text(0.97312, resolution: 0.004) == "97.3\u{A0}%")
    #expect(Unit.percent.text(-0.31, resolution: 0.06) == "\u{2212}31\u{A0}%")
    #expect(Unit.percent.text(-0.00001, resolution: 0.01) == "0.0\u{A0}%")
    #expect(Unit.basisPoints.text(12.345, resolution: 0.3) == "12.3\u{A0}bps")
    #expect(Unit.number.text(1_234_567.8, resolution: 0.5) == "1,234,567.8")
    #expect(Unit.number.text(151_234, resolution: 800) == "151k")
    #expect(Unit.number.text(.nan) == "not known")
    #expect(Unit.percent.text(1) == "100\u{A0}%" && Unit.percent.text(0) == "0\u{A0}%")
  }

  struct Golden: CustomTestStringConvertible {
    let seconds: Double
    let text: String
    var testDescription: String { text }
  }

  @Test(
    "a duration counts trading time, in days from three sessions on",
    arguments: [
      Golden(seconds: 45, text: "45\u{A0}s"), Golden(seconds: 90, text: "1.5\u{A0}min"),
      Golden(seconds: 720, text: "12\u{A0}min"), Golden(seconds: 12_000, text: "3\u{A0}h\u{A0}20\u{A0}min"),
      Golden(seconds: 46_800, text: "13\u{A0}h"), Golden(seconds: 70_200, text: "3\u{A0}d"),
      Golden(seconds: 252 * 23_400, text: "252\u{A0}d"), Golden(seconds: -600, text: "\u{2212}10\u{A0}min"),
      Golden(seconds: 0, text: "0\u{A0}s"), Golden(seconds: .infinity, text: "not known"),
    ])
  func durations(_ golden: Golden) {
    #expect(Duration.text(golden.seconds, session: 23_400) == golden.text)
  }

  @Test("an estimate reads with its interval, and says so where there is none")
  func estimates() {
    let known = Estimate(value: 0.412, low: 0.402, high: 0.422, n: 10_000, method: .wilson)
    #expect(known.text(.percent) == "41.2\u{A0}% [40.2, 42.2]")
    let sure = Estimate(value: 1, low: 0.99963, high: 1, n: 10_000, method: .wilson)
    #expect(sure.text(.percent) == "100\u{A0}% [99.96, 100]")
    let never = Estimate.unknown(n: 12, method: .brookmeyerCrowley)
    #expect(never.text(.duration(session: 23_400)) == "not reached")
    let open = Estimate(value: 600, low: 540, high: nil, n: 12, method: .brookmeyerCrowley)
    #expect(open.text(.duration(session: 23_400)) == "10\u{A0}min [9\u{A0}min, not reached]")
  }
}
