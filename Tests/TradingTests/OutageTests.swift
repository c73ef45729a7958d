import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Outages")
struct OutageTests {
  private static let bars = [(100.0, 100.0), (100, 100), (100, 92), (92, 85), (85, 80), (80, 80)]
    .map { (open: $0.0, close: $0.1) }
  private let bars = OutageTests.bars

  /// Two steps long, from the open of step 2 on; the price falls from 100 through 95 to 85 in them.
  private func outage(
    _ orders: Outage.Orders = .rejected, _ staleFeed: Outage.StaleFeed = .visible
  ) -> Outage {
    Outage(start: .fixed(2 * oneHour), duration: .fixed(2 * oneHour), orders: orders, staleFeed: staleFeed)
  }

  /// Without it the stop at 95 fills at 95; with it at 85, the first price after its end. At θ = ½ it is one step long, and
  /// the stop fills at 92. Planted mistake: the drift of a stop from the last close on.
  @Test(
    "hold a stop back: it fills at the first price after their end",
    arguments: [(0.0, 2, 95.0), (0.5, 3, 92), (1, 4, 85), (5, -1, 80)])
  func stops(severity: Double, step: Int, price: Double) throws {
    let story = PathStory(
      try hourlyTape(bars, outage(), severity: severity), askOnce(1), rules: [StopLoss(loss: 0.05, coolDown: .steps(9))]
    )
    let stops = story.fills.filter { $0.fill.reason == .stop }
    #expect(stops.map(\.step) == (step < 0 ? [] : [step]))
    #expect(abs(story.row[.finalEquity] - 10 * price) < 1e-9)
    #expect(abs(story[.drift] - (step < 0 ? 0 : 10 * (95 - price))) < 1e-9)
    #expect(abs(story[.delay]) < 1e-9)
  }

  @Test("let the venue liquidate and ruin come all the same")
  func liquidation() throws {
    let venue = freeVenue(initialMargin: 0.05, maintenanceMargin: 0.05)
    let story = PathStory(try hourlyTape(bars, outage(), venue: venue), askOnce(10), ruin: RuinTerms(equityBelow: 0))
    #expect(story.row.cause == .liquidation && story.row[.ruinStep] == 2)
    let sale = try #require(story.fills.last)
    #expect(abs(sale.fill.mid - 100 * (1 - (0.1 - 0.05) / 0.95)) < 1e-9)
  }

  /// Decided at the close of step 1 at 100. Planted mistake: a rejected order that is not missed.
  @Test("cancel what arrives, and count what is missed")
  func rejected() throws {
    let story = PathStory(try hourlyTape(bars, outage()), Asking(asks: [(0, .market), (1, .market)]))
    #expect(story.fills.isEmpty)
    #expect(abs(story[.opportunity] - 10 * (92 - 100)) < 1e-9)
    #expect(story.row[.orders] == 1 && story.row[.finalEquity] == 1000)
    #expect(abs(story.row[.shortfall] - story[.opportunity]) < 1e-9)
  }

  /// Bought at 85, the first price after the end, for what was decided at 100 and asked for once.
  @Test("or have it wait for their end, when it is told so")
  func queued() throws {
    let story = PathStory(
      try hourlyTape(bars, outage(.queued)), Asking(asks: [(0, .market), (1, .market), (1, .market)]))
    #expect(story.fills.map(\.step) == [4])
    let fill = try #require(story.fills.first).fill
    #expect(abs(fill.quantity - 10) < 1e-9 && abs(fill.mid - 85) < 1e-9)
    #expect(abs(fill.decisionPrice - 100) < 1e-9)
    #expect(abs(story[.delay] - 10 * (85 - 100)) < 1e-9)
  }

  /// A sale decided at 92 meets a purchase decided at 100 in the queue: 4 of it are left at 100, and 6 are missed.
  /// Planted mistake: what cancels each other forgotten.
  @Test("let orders of both sides that wait cancel each other, and the shortfall still add up")
  func netted() throws {
    // The feed is frozen at 100 at the close of step 2: a target of 0.4 is 4 units.
    let story = PathStory(
      try hourlyTape(bars, outage(.queued)), Asking(asks: [(0, .market), (1, .market), (0.4, .market)]))
    #expect(story.fills.map(\.step) == [4])
    let fill = try #require(story.fills.first).fill
    #expect(abs(fill.quantity - 4) < 1e-9 && abs(fill.decisionPrice - 100) < 1e-9)
    // Bought 6 at 100 and sold at 92 on paper: a loss that was missed.
    #expect(abs(story[.opportunity] - 6 * (92 - 100)) < 1e-9)
    let terms = CostTerm.allCases.reduce(0) { $0 + story[$1] }
    #expect(abs(terms - story.row[.shortfall]) < 1e-9)
  }

  @Test("let no order that waits for a price act, whether it comes before or within them")
  func waiting() throws {
    let sale = OrderTerms.stop(at: Lanes(95))
    let calm = PathStory(try hourlyTape(bars), Asking(asks: [(1, .market), (0, sale)]))
    #expect(calm.fills.last?.fill.mid == 95)
    for orders in Outage.Orders.allCases {
      let story = PathStory(try hourlyTape(bars, outage(orders)), Asking(asks: [(1, .market), (0, sale)]))
      #expect(story.fills.map(\.step) == [1])
    }
  }

  /// Sees what it is shown, and asks for nothing.
  private final class Watching: Agent, @unchecked Sendable {
    var closes: [Double] = []
    var volumes: [Double] = []
    var flags: [Bool] = []
    var equities: [Double] = []

    func makeSeat(_ site: DeskSite) -> any Seat { WatchingSeat(self) }
  }

  private final class WatchingSeat: Seat {
    let agent: Watching
    init(_ agent: Watching) { self.agent = agent }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      agent.closes.append(market.bars[0].close[0])
      agent.volumes.append(market.bars[0].volume[0])
      agent.flags.append(market.isStale(group: 0)[0])
      agent.equities.append(account.accounts[0].equity[0])
      #expect(account.positions[0].mark[0] == market.bars[0].close[0])
      for index in decisions.indices {
        decisions[index] = Decision(weight: .one, acts: market.step == 0 ? .all : .none)
      }
    }
  }

  /// Planted mistake: the account marked at the true price.
  @Test("freeze what agents see of prices and of their account, and say so or not", arguments: [true, false])
  func feed(isVisible: Bool) throws {
    let agent = Watching()
    let story = PathStory(try hourlyTape(bars, outage(.rejected, isVisible ? .visible : .hidden)), agent)
    // The first is the close at t = 0. The close of step 3 is the end: it is seen.
    #expect(zip(agent.closes, [100.0, 100, 100, 100, 85, 80]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(agent.closes)")
    #expect(agent.volumes.dropFirst().map { $0 > 0 } == [true, true, false, true, true])
    #expect(agent.flags == [false, false, false, isVisible, false, false])
    #expect(
      zip(agent.equities, [1000.0, 1000, 1000, 1000, 850, 800]).allSatisfy { abs($0 - $1) < 1e-9 },
      "\(agent.equities)")
    #expect(abs(story.equity[2] - 920) < 1e-9)
  }
}
