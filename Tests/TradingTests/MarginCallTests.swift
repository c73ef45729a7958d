import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Margins and fees that rise")
struct MarginCallTests {
  private let window = EventWindow(plateau: .fixed(2 * oneHour))

  /// Four times long, flat price: equity is ¼ of the notional. A maintenance margin of 0.1 that triples passes it in step 3,
  /// and the whole position of 40 units goes at the step's first price, with a fee of 50 bp; one that doubles does not.
  /// Planted mistake: the file's margin in the ruin watch.
  @Test(
    "liquidate a leverage of L as the maintenance margin rises over 1/L, and not before",
    arguments: [(2.0, 1.0, false), (3, 1, true), (3, 0.5, false), (2, 2, true), (3, 5, true), (3, 0, false)])
  func liquidation(factor: Double, severity: Double, falls: Bool) throws {
    let event = MarginCall(
      start: .fixed(3 * oneHour), window: window, initialMargin: .fixed(factor), maintenanceMargin: .fixed(factor))
    let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1, liquidationFeeBps: 50)
    let story = PathStory(try hourlyTape(flatBars, event, severity: severity, venue: venue), askOnce(4))
    #expect(story.row.cause == (falls ? .liquidation : .none))
    #expect(story.row[.ruinStep] == (falls ? 3 : -1))
    #expect(abs(story.row[.finalEquity] - (falls ? 980 : 1000)) < 1e-9)
    #expect(abs(story[.liquidation] - (falls ? 20 : 0)) < 1e-9)
    #expect(story.fills.last?.step == (falls ? 3 : 1))
  }

  /// The way down: with m = 0.1 and four times long the call comes at 100·(1 − (1/4 − m)/(1 − m)); see science's d*.
  @Test("move the price of the margin call on the way to where their own formula has it", arguments: [1.0, 1.5, 2])
  func distance(factor: Double) throws {
    let event = MarginCall(
      start: .fixed(0), window: .init(plateau: .fixed(20 * oneHour)), initialMargin: .fixed(2),
      maintenanceMargin: .fixed(factor))
    let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1)
    let bars = [(100.0, 100.0), (100, 100), (100, 75), (75, 75)].map { (open: $0.0, close: $0.1) }
    let story = PathStory(try hourlyTape(bars, event, venue: venue), askOnce(2.5), ruin: RuinTerms(equityBelow: 0))
    let margin = 0.1 * factor
    let level = 100 * (1 - (1 / 2.5 - margin) / (1 - margin))
    let fall = try #require(story.fills.last)
    #expect(level < 75 ? story.row.cause == .none : abs(fall.fill.mid - level) < 1e-9)
  }

  @Test("never ask for more maintenance than the initial margin, nor for all of a position")
  func clamped() throws {
    func cause(_ initial: Double, _ leverage: Double) throws -> RuinCause {
      let event = MarginCall(
        start: .fixed(3 * oneHour), window: window, initialMargin: .fixed(initial), maintenanceMargin: .fixed(1000))
      let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1)
      return PathStory(try hourlyTape(flatBars, event, venue: venue), askOnce(leverage)).row.cause
    }
    // The initial margin stays at 0.2, and so ends the maintenance margin there: 4 times long has 0.25.
    #expect(try cause(1, 4) == .none)
    #expect(try cause(1000, 1.005) == .none)
    #expect(try cause(1000, 1.02) == .liquidation)
  }

  /// 0.2·4 = 0.8 bounds leverage to 1.25 in steps 3 and 4, whose closes decide. A fee of 10 bp that triples is 30 bp in them.
  @Test("bound new risk and raise the fees of trades while they last")
  func sizingAndFees() throws {
    let event = MarginCall(
      start: .fixed(3 * oneHour), window: window, initialMargin: .fixed(4), takerFee: .fixed(3))
    let venue = freeVenue(initialMargin: 0.2, takerFeeBps: 10)
    let wants = (0..<9).map { (weight: $0 == 2 ? 1.0 : $0 >= 3 ? 5 : 0, terms: OrderTerms.market) }
    let story = PathStory(try hourlyTape(flatBars, event, venue: venue), Asking(asks: wants))
    #expect(abs(story.fills[0].fill.quantity - 10) < 1e-9 && abs(story.fills[0].fill.fee - 3) < 1e-9)
    // Decided at the close of step 3, with equity 997 and 1.25 of it allowed.
    #expect(abs(story.fills[1].fill.quantity - (12.5 * 0.997 - 10)) < 1e-9)
    // Decided at the close of step 5: the bound is 5 again, and the fee 10 bp.
    let last = try #require(story.fills.first { $0.step == 6 })
    #expect(last.fill.quantity > 30 && abs(last.fill.fee - abs(last.fill.quantity) * 0.1) < 1e-9)
  }
}
