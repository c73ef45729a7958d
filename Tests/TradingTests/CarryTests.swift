import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("What holding a position costs")
struct CarryTests {
  private func venue(funding: Double = 0, borrowFee: Double = 0) -> VenueTerms {
    var venue = freeVenue()
    venue.fundingPer8Hours = funding
    venue.annualBorrowFee = borrowFee
    return venue
  }

  /// A position of 1000 held over nine closes: 1 % of it in 8 hours, for longs; shorts get it. Planted mistake: funding
  /// on |q|.
  @Test(
    "funding on a flat price is rate × notional × hours/8, for longs against shorts",
    arguments: [1.0, -1], [0.01, -0.01])
  func funding(weight: Double, rate: Double) throws {
    let story = PathStory(try hourlyTape(flatBars, venue: venue(funding: rate)), askOnce(weight))
    let paid = weight * rate * 1000 * 9 / 8
    #expect(abs(story.row[.finalEquity] - (1000 - paid)) < 1e-9)
    #expect(abs(story[.financing] - paid) < 1e-9)
    #expect(abs(story.row[.shortfall] - paid) < 1e-9)
  }

  /// 36.5 % a year of 1000 is 1 a day: 9/24 over nine hours.
  @Test("the borrow fee is paid on short positions only", arguments: [(-1.0, 0.375), (1, 0)])
  func borrowFee(weight: Double, paid: Double) throws {
    let story = PathStory(try hourlyTape(flatBars, venue: venue(borrowFee: 0.365)), askOnce(weight))
    #expect(abs(story.row[.finalEquity] - (1000 - paid)) < 1e-9)
    #expect(abs(story[.financing] - paid) < 1e-9)
  }

  /// 36.5 % a year of 1000 is 1 a day. An order to buy ten units at 100 is carried as a short position of 1000 from the close
  /// of step 0 on, ten of them; what is sold beyond it is so over nine.
  ///
  /// Who asks for −1 after a fee was paid buys a little back, so that the fee of a real short is 10/24 but for 2·10⁻⁵.
  @Test(
    "of an order to buy the borrow fee is paid on nothing but what is sold beyond it",
    arguments: [
      (-1, true, 0), (0, true, 0), (1, true, 0), (-0.5, true, 0), (-3, true, 2 * 0.375), (-1, false, 10.0 / 24),
    ] as [(Double, Bool, Double)])
  func orders(weight: Double, isOrder: Bool, paid: Double) throws {
    let row = outcomes(
      try hourlyTape(flatBars, venue: venue(borrowFee: 0.365)), askOnce(weight),
      opening: [OpeningPosition(quantity: -10, entryPrice: 100, isOrder: isOrder)], paths: 1, groups: 1)[0]
    let financing = CostWindow.allCases.reduce(0) { $0 + row[.financing, $1] }
    #expect(abs(financing - paid) < (isOrder ? 1e-9 : 1e-4), "\(financing)")
  }

  /// 73 % a year more during two of the hours: 4/24, times θ.
  @Test("a squeeze adds its fee while it lasts, times the severity", arguments: [0, 0.5, 1, 2, 5])
  func squeezeFee(severity: Double) throws {
    let event = Squeeze(
      start: .fixed(3 * oneHour), window: .init(plateau: .fixed(2 * oneHour)), borrowFee: .fixed(0.73))
    for (weight, share) in [(-1.0, 1.0), (1, 0)] {
      let story = PathStory(try hourlyTape(flatBars, event, severity: severity, venue: venue()), askOnce(weight))
      #expect(abs(story[.financing] - severity * share / 6) < 1e-9)
    }
  }
}
