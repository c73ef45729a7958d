import Statistics
import Testing

@Suite("Numbers in words")
struct UnitTests {
  /// A number, what half of its interval is, and how it is written.
  struct Golden: CustomTestStringConvertible {
    let unit: Statistics.Unit
    let value: Double
    var resolution: Double?
    let text: String
    var testDescription: String { "\(value) as \(text)" }
  }

  @Test(
    "a number has as many decimals as its interval allows, a true minus, and never reads −0 or nan",
    arguments: [
      Golden(unit: .percent, value: 0.97312, resolution: 0.004, text: "97.3\u{A0}%"),
      Golden(unit: .percent, value: -0.31, resolution: 0.06, text: "\u{2212}31\u{A0}%"),
      Golden(unit: .percent, value: -0.0, resolution: 0.01, text: "0\u{A0}%"),
      Golden(unit: .basisPoints, value: 12.345, resolution: 0.3, text: "12.3\u{A0}bps"),
      Golden(unit: .number, value: 1_234_567.8, resolution: 0.5, text: "1,234,567.8"),
      Golden(unit: .number, value: 151_234, resolution: 800, text: "151k"),
      Golden(unit: .percent, value: 3.21e45, resolution: 1e40, text: "3.2e47\u{A0}%"),
      Golden(unit: .number, value: -3.21e15, resolution: 0.5, text: "\u{2212}3.2e15"),
      Golden(unit: .number, value: .nan, text: "not known"),
      Golden(unit: .percent, value: .infinity, text: "not known"),
      Golden(unit: .percent, value: 1, text: "100\u{A0}%"), Golden(unit: .percent, value: 0, text: "0\u{A0}%"),
    ])
  func numbers(_ golden: Golden) {
    #expect(golden.unit.text(golden.value, resolution: golden.resolution) == golden.text)
  }

  /// Seen before: "100.0 %" beside a death in 2,500 paths, "0.0 %" of paths ruined where one was.
  @Test(
    "rounding makes no share 0 or 100 % that is not, and no number 0",
    arguments: [
      Golden(unit: .percent, value: 2499 / 2500.0, resolution: 0.0008, text: "99.96\u{A0}%"),
      Golden(unit: .percent, value: 1 - 1e-6, resolution: 0.01, text: "99.9999\u{A0}%"),
      Golden(unit: .percent, value: 1e-6, resolution: 0.01, text: "0.0001\u{A0}%"),
      Golden(unit: .percent, value: 0.9996, text: "99.96\u{A0}%"),
      Golden(unit: .percent, value: 1.00004, resolution: 0.01, text: "100.0\u{A0}%"),
      Golden(unit: .percent, value: -0.00001, resolution: 0.01, text: "\u{2212}0.001\u{A0}%"),
      // Sums of shares: 0.1 + 0.2 + 0.7 and the like.
      Golden(unit: .percent, value: 0.1 + 0.2 + 0.7 - 1e-16, resolution: 0.01, text: "100\u{A0}%"),
      Golden(unit: .percent, value: 0.3 - 0.1 - 0.2, resolution: 0.01, text: "0\u{A0}%"),
      Golden(unit: .basisPoints, value: 0.0004, resolution: 3, text: "0.0004\u{A0}bps"),
      Golden(unit: .number, value: 0.002, resolution: 1, text: "0.002"),
      Golden(unit: .duration(day: 23_400), value: 0.03, text: "0.03\u{A0}s"),
      Golden(unit: .days(day: 23_400), value: 234, text: "0.01\u{A0}d"),
    ])
  func nothingIsLost(_ golden: Golden) {
    #expect(golden.unit.text(golden.value, resolution: golden.resolution) == golden.text)
  }

  /// 10,000 shares k/n with the resolution that an interval of theirs would have; no chance in it.
  @Test("of all shares of a number of paths, 0 and all alone are written as 0 and 100 %")
  func everyShare() {
    for n in [7, 200, 2500, 7293] {
      for k in 0...n {
        let share = Double(k) / Double(n)
        let text = Unit.percent.bare(share, resolution: 1 / Double(n).squareRoot())
        let isZero = !text.contains { $0 != "0" && $0 != "." }
        let isAll = text.hasPrefix("100")
        #expect(isZero == (k == 0) && isAll == (k == n), "\(k) of \(n): \(text)")
      }
    }
  }

  @Test("a time within a horizon never reads as long as the whole unless it is")
  func withinHorizon() {
    let unit = Statistics.Unit.duration(day: 23_400)
    #expect(Duration.within(46_800, 46_800, unit: unit) == "13\u{A0}h")
    #expect(Duration.within(46_799, 46_800, unit: unit) == "just under 13\u{A0}h")
    #expect(Duration.within(40_000, 46_800, unit: unit) == "11\u{A0}h\u{A0}7\u{A0}min")
  }

  @Test(
    "a price has digits enough at every scale",
    arguments: zip(
      [43_210.5512, 180.256, 1.08453, 0.000_002_134_2, 0], ["43,210.55", "180.26", "1.0845", "0.000002134", "0.0"]))
  func prices(_ price: Double, _ text: String) {
    #expect(Unit.price(price) == text)
  }
}
