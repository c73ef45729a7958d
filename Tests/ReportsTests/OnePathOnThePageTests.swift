import Foundation
import Lab
import Reports
import Testing

/// What charts say of a run of one path, which has no median and no spread.
@Suite("One path on the page")
struct OnePathOnThePageTests {
  /// Planted mistake that it was seen to fail with: a figure of a bin for the path's own.
  @Test("equity and price end where the path ends, and no chart tells of a median over paths")
  func titles() throws {
    let page = try Situation(
      [Situation.session("\"model\": \"gbm\", \"annualVolatility\": 0.6")],
      study:
        "\"panel\": { \"hold\": { \"model\": \"buyAndHold\", \"leverage\": 3 } }, \"monteCarlo\": { \"paths\": 1, \"seed\": 3 }"
    )
    let told = try page.match("hold · none ends with ([0-9.]+) % of its starting equity")
    let share = 100 * (1 + (try page.number("select finalReturn from results")))
    #expect(VerdictOnThePageTests.reads(try #require(told.first), share), "\(told) \(share)")
    let prices = try page.matches("AAA (ends [0-9.]+ % (?:under|over) its start); it goes down to ([0-9.]+)")
    let low = try #require(prices.first.flatMap { Double($0[1]) })
    #expect(low > 50 && low <= 100, "\(prices)")
    #expect(!page.words.contains("the median at the end is"))
  }
}
