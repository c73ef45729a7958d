import Foundation
import Lab
import Reports
import Testing

/// What the page says of positions that accounts start with, from the study to print.
@Suite("A book on the page")
struct OpeningOnThePageTests {
  private static let market = Situation.session("\"model\": \"gbm\", \"annualVolatility\": 0.3")

  private static func situation(_ account: String) throws -> Situation {
    try Situation(
      [market],
      study: """
        "account": \(account), "panel": { "hold": { "model": "buyAndHold" } }, "monteCarlo": { "paths": 64, "seed": 3 }
        """)
  }

  /// 1,500 AAA at 100 on 60,000: 2.5 times, and 90,000 borrowed. Planted mistakes: the entry price for the price; cash of the
  /// other sign.
  @Test("says what is held, how many times equity that is, and what is borrowed for it")
  func borrowed() throws {
    let page = try Self.situation(
      "{ \"equity\": 60000, \"positions\": { \"AAA\": { \"quantity\": 1500, \"entryPrice\": 80 } } }")
    #expect(
      page.index.contains(
        "Every account starts with 1 position: 150,000 in all, 2.50 times its equity of 60,000, and 90,000 borrowed."))
    #expect(try page.match("AAA\\s+1,500\\s+80.00\\s+100.00\\s+(150,000)\\s+30,000\\s+250.0 %") == ["150,000"])
    // Nobody traded, but for closing out; and that is no desk that "never traded".
    #expect(try page.number("select sum(orders) from outcomes") == 0)
    #expect(!page.index.contains("never traded"))
  }

  @Test("a short position leaves cash")
  func short() throws {
    let page = try Self.situation("{ \"equity\": 60000, \"positions\": { \"AAA\": { \"quantity\": -300 } } }")
    #expect(
      page.index.contains(
        "Every account starts with 1 position, sold short: 30,000 in all, 0.50 times its equity of 60,000, and 90,000 of cash."
      ))
  }

  @Test("without positions the page says nothing of them")
  func none() throws {
    let page = try Self.situation("{ \"equity\": 60000 }")
    #expect(!page.words.contains("Every account starts with"))
    #expect(page.summary.openings == nil)
  }
}
