import Documents
import Testing

@Suite("Digits that count")
struct SignificantDigitsTests {
  struct Rounding: Sendable {
    let number: Double
    let digits: Int
    let rounded: Double
  }

  /// Planted mistake that it was seen to fail with: two digits fewer.
  @Test(
    "are kept, and no others",
    arguments: [
      Rounding(number: 0.1 + 0.2, digits: 12, rounded: 0.3),
      Rounding(number: 1.0 / 3, digits: 12, rounded: 0.333333333333),
      Rounding(number: 1_234_567.891, digits: 4, rounded: 1_235_000),
      Rounding(number: -0.0456789, digits: 4, rounded: -0.04568),
      Rounding(number: 0, digits: 4, rounded: 0),
      Rounding(number: 1.234567890123e-7, digits: 12, rounded: 1.23456789012e-7),
      Rounding(number: 9.9996, digits: 4, rounded: 10),
    ])
  func kept(case rounding: Rounding) {
    #expect(rounding.number.rounded(toDigits: rounding.digits) == rounding.rounded)
  }

  /// At the last, two digits would be 1.8e308, which is no number.
  @Test(
    "a number that has none, or whose digits are no number, stays",
    arguments: [Double.infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
  func stays(number: Double) { #expect(number.rounded(toDigits: 2) == number) }
}
