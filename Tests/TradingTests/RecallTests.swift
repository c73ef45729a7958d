import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Recalls of short positions")
struct RecallTests {
  /// 20 units short; a quarter of them is bought back at the first open from 2½ hours on, at 100 and half a spread of 10 bp.
  /// Planted mistake: the cost booked as the desk's own.
  @Test(
    "buy a share 1 − (1 − f)^θ back at the next open, at a forced sale's cost",
    arguments: [(0.25, 1.0, 15.0), (0.25, 2, 11.25), (0.25, 0, 20), (1, 0.5, 0), (1, 5, 0)])
  func share(fraction: Double, severity: Double, left: Double) throws {
    let event = Squeeze(
      start: .fixed(2 * oneHour), window: .init(plateau: .fixed(oneHour)), recall: .fixed(fraction),
      recallAfter: .fixed(0.5 * oneHour))
    let market = try hourlyTape(flatBars, event, severity: severity, halfSpreadBps: 10)
    let story = PathStory(market, askOnce(-2))
    let recalls = story.fills.filter { $0.fill.reason == .recall }
    #expect(recalls.map(\.step) == (left < 20 ? [3] : []))
    #expect(abs(recalls.reduce(0) { $0 + $1.fill.quantity } - (20 - left)) < 1e-9)
    #expect(abs(story[.liquidation] - (20 - left) * 0.1) < 1e-9)
    // Opened and closed out: half-spreads of the desk's own.
    #expect(abs(story[.halfSpread] - (20 + left) * 0.1) < 1e-9)
    #expect(story.row[.orders] == 1)
    #expect(PathStory(market, askOnce(2)).fills.allSatisfy { $0.fill.reason != .recall })
  }

  /// Planted mistake: the whole order refused.
  @Test("beside refused new shorts, an order sells what there is and no more")
  func refusedShorts() throws {
    let event = Squeeze(
      start: .fixed(3 * oneHour), window: .init(plateau: .fixed(3 * oneHour)), newShorts: .refused)
    let asks = [1.0, 1, -1, -1, 0, -1, -1].map { (weight: $0, terms: OrderTerms.market) }
    let bars = [100.0, 100, 100, 110, 110, 110, 110, 110].map { (open: $0, close: $0) }
    let story = PathStory(try hourlyTape(bars, event), Asking(asks: asks))
    // Decided at the close of step 2 at 100: 20 to sell, of which 10 are there. The other 10 are missed: 10·(110 − 100).
    #expect(story.fills.map(\.step) == [1, 3, 6])
    #expect(zip(story.fills, [10.0, -10, -10]).allSatisfy { abs($0.fill.quantity - $1) < 1e-9 })
    #expect(abs(story.row[.opportunity, .event] - -100) < 1e-9)
  }
}
