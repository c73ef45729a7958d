import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("A venue that is slow or refuses orders")
struct SlowVenueTests {
  /// A latency of one and a half steps, times 3^w̄: 3 steps more while the window lasts. Planted mistake: what is added
  /// rounded down.
  @Test(
    "takes whole steps more for orders that are sent while it is slow",
    arguments: [(0.0, 2), (0.5, 4), (1, 5), (1.1, 6)])
  func latency(severity: Double, step: Int) throws {
    let bars = (0..<12).map { (open: 100.0 + Double($0), close: 101.0 + Double($0)) }
    let event = SlowVenue(start: .fixed(0), window: .init(plateau: .fixed(3 * oneHour)), latency: .fixed(3))
    let venue = freeVenue(latency: 1.5 * oneHour)
    let story = PathStory(try hourlyTape(bars, event, severity: severity, venue: venue), askOnce(1))
    #expect(story.fills.map(\.step) == [step])
    let fill = try #require(story.fills.first).fill
    // Decided at the first close, 101; half of its step on.
    #expect(abs(fill.mid - (100.5 + Double(step))) < 0.01 && abs(fill.decisionPrice - 101) < 1e-9)
    let terms = CostTerm.allCases.reduce(0) { $0 + story[$1] }
    #expect(abs(terms - story.row[.shortfall]) < 1e-9)
    // Sent when the window is over, it takes the file's latency again; none is sent that would come after the end.
    let late = Asking(asks: [(0, .market), (0, .market), (0, .market), (1, .market)])
    let after = PathStory(try hourlyTape(bars, event, severity: severity, venue: venue), late)
    #expect(after.fills.map(\.step) == [5])
    let short = Array(bars.prefix(4))
    let last = PathStory(try hourlyTape(short, event, severity: severity, venue: venue), askOnce(1))
    #expect(last.fills.map(\.step) == (step < 4 ? [step] : []) && last.row[.finalEquity].isFinite)
  }

  /// In and out at every step, on 256 paths, for desks of two sizes.
  @Test("refuses the same orders of all desks: those of the market's own draw")
  func rejects() throws {
    let event = Rejects(start: .fixed(2 * oneHour), window: .init(plateau: .fixed(5 * oneHour)), share: .fixed(0.4))
    let asks = (0..<9).map { (weight: $0 % 2 == 0 ? 1.0 : 0, terms: OrderTerms.market) }
    for scale in [1.0, 0.5] {
      let agent = Asking(asks: asks.map { ($0.weight * scale, $0.terms) })
      var held = Mask.none
      var refused = 0
      var now = 0
      _ = outcomes(try hourlyTape(flatBars, event), agent, paths: 256, groups: 32) { tile, desk in
        guard tile.step >= 1 else { return }
        for group in 0..<32 {
          let isRefused = tile.venueEffects.assets[group].refusesOrders
          if tile.step < 2 || tile.step >= 7 { #expect(isRefused.isNone) }
          for lane in 0..<Lanes.count {
            let fills = desk.fills(path: group * Lanes.count + lane).filter { $0.reason == .order }
            if isRefused[lane] { #expect(fills.isEmpty) }
            refused += isRefused[lane] ? 1 : 0
          }
          held = desk.account.positions[group].quantity .!= 0
          now += held.bits.nonzeroBitCount
        }
      }
      #expect(refused > 256 && now > 256)
    }
  }
}
