import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// A market of one asset at 100 whose steps are an hour, on straight lines from bar to bar.
private func tape(
  _ bars: [(open: Double, close: Double)], _ event: (any MarketEvent)? = nil, severity: Double = 1,
  venue: VenueTerms = freeVenue(), halfSpreadBps: Double = 0
) throws -> Market {
  let scenario = Scenario(
    title: "tape", clock: try continuousClock(step: 3600, steps: bars.count, substeps: 1),
    assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: halfSpreadBps))],
    movement: .processes([Tape(bars: bars, from: 100)], GaussianDependence()), venue: venue,
    events: event.map { [NamedEvent("e", $0)] } ?? [])
  return try Market(scenario: scenario, severity: severity, seed: 1)
}

private let flat = Array(repeating: (open: 100.0, close: 100.0), count: 10)
private let hour = 3600.0

/// What became of one path: its outcome, its fills by step, equity at closes.
private struct Story {
  let row: OutcomeRow
  let fills: [(step: Int, fill: PathFill)]
  let equity: [Double]

  init(_ market: Market, _ agent: any Agent, rules: [any RiskRule] = [], ruin: RuinTerms = RuinTerms()) {
    var fills: [(Int, PathFill)] = []
    var equity: [Double] = []
    row =
      outcomes(market, agent, rules: rules, ruin: ruin, paths: 1, groups: 1) { tile, desk in
        fills += desk.fills(path: 0).map { (tile.step, $0) }
        equity.append(desk.equityRatio(group: 0)[0] * 1000)
      }[0]
    self.fills = fills.filter { $0.1.reason != .closeOut }
    self.equity = equity
  }

  /// A cost, whenever it arose.
  subscript(term: CostTerm) -> Double { CostWindow.allCases.reduce(0) { $0 + row[term, $1] } }
}

/// Asks for the weight once, at the close of step 0, by a market order.
private func once(_ weight: Double) -> Asking { Asking(asks: [(weight, .market)]) }

@Suite("Margins and fees that rise")
struct MarginCallTests {
  private let window = EventWindow(plateau: .fixed(2 * hour))

  /// Four times long, flat price: equity is ¼ of the notional. A maintenance margin of 0.1 that triples passes it in step 3,
  /// and the whole position of 40 units goes at the step's first price, with a fee of 50 bp; one that doubles does not.
  /// Planted mistake: the file's margin in the ruin watch.
  @Test(
    "liquidate a leverage of L as the maintenance margin rises over 1/L, and not before",
    arguments: [(2.0, 1.0, false), (3, 1, true), (3, 0.5, false), (2, 2, true), (3, 5, true), (3, 0, false)])
  func liquidation(factor: Double, severity: Double, falls: Bool) throws {
    let event = MarginCall(
      start: .fixed(3 * hour), window: window, initialMargin: .fixed(factor), maintenanceMargin: .fixed(factor))
    let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1, liquidationFeeBps: 50)
    let story = Story(try tape(flat, event, severity: severity, venue: venue), once(4))
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
      start: .fixed(0), window: .init(plateau: .fixed(20 * hour)), initialMargin: .fixed(2),
      maintenanceMargin: .fixed(factor))
    let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1)
    let bars = [(100.0, 100.0), (100, 100), (100, 75), (75, 75)].map { (open: $0.0, close: $0.1) }
    let story = Story(try tape(bars, event, venue: venue), once(2.5), ruin: RuinTerms(equityBelow: 0))
    let margin = 0.1 * factor
    let level = 100 * (1 - (1 / 2.5 - margin) / (1 - margin))
    let fall = try #require(story.fills.last)
    #expect(level < 75 ? story.row.cause == .none : abs(fall.fill.mid - level) < 1e-9)
  }

  @Test("never ask for more maintenance than the initial margin, nor for all of a position")
  func clamped() throws {
    func cause(_ initial: Double, _ leverage: Double) throws -> RuinCause {
      let event = MarginCall(
        start: .fixed(3 * hour), window: window, initialMargin: .fixed(initial), maintenanceMargin: .fixed(1000))
      let venue = freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1)
      return Story(try tape(flat, event, venue: venue), once(leverage)).row.cause
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
      start: .fixed(3 * hour), window: window, initialMargin: .fixed(4), takerFee: .fixed(3))
    let venue = freeVenue(initialMargin: 0.2, takerFeeBps: 10)
    let wants = (0..<9).map { (weight: $0 == 2 ? 1.0 : $0 >= 3 ? 5 : 0, terms: OrderTerms.market) }
    let story = Story(try tape(flat, event, venue: venue), Asking(asks: wants))
    #expect(abs(story.fills[0].fill.quantity - 10) < 1e-9 && abs(story.fills[0].fill.fee - 3) < 1e-9)
    // Decided at the close of step 3, with equity 997 and 1.25 of it allowed.
    #expect(abs(story.fills[1].fill.quantity - (12.5 * 0.997 - 10)) < 1e-9)
    // Decided at the close of step 5: the bound is 5 again, and the fee 10 bp.
    let last = try #require(story.fills.first { $0.step == 6 })
    #expect(last.fill.quantity > 30 && abs(last.fill.fee - abs(last.fill.quantity) * 0.1) < 1e-9)
  }
}

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
    let story = Story(try tape(flat, venue: venue(funding: rate)), once(weight))
    let paid = weight * rate * 1000 * 9 / 8
    #expect(abs(story.row[.finalEquity] - (1000 - paid)) < 1e-9)
    #expect(abs(story[.financing] - paid) < 1e-9)
    #expect(abs(story.row[.shortfall] - paid) < 1e-9)
  }

  /// 36.5 % a year of 1000 is 1 a day: 9/24 over nine hours.
  @Test("the borrow fee is paid on short positions only", arguments: [(-1.0, 0.375), (1, 0)])
  func borrowFee(weight: Double, paid: Double) throws {
    let story = Story(try tape(flat, venue: venue(borrowFee: 0.365)), once(weight))
    #expect(abs(story.row[.finalEquity] - (1000 - paid)) < 1e-9)
    #expect(abs(story[.financing] - paid) < 1e-9)
  }

  /// 73 % a year more during two of the hours: 4/24, times θ.
  @Test("a squeeze adds its fee while it lasts, times the severity", arguments: [0, 0.5, 1, 2, 5])
  func squeezeFee(severity: Double) throws {
    let event = Squeeze(start: .fixed(3 * hour), window: .init(plateau: .fixed(2 * hour)), borrowFee: .fixed(0.73))
    for (weight, share) in [(-1.0, 1.0), (1, 0)] {
      let story = Story(try tape(flat, event, severity: severity, venue: venue()), once(weight))
      #expect(abs(story[.financing] - severity * share / 6) < 1e-9)
    }
  }
}

@Suite("Recalls of short positions")
struct RecallTests {
  /// 20 units short; a quarter of them is bought back at the first open from 2½ hours on, at 100 and half a spread of 10 bp.
  /// Planted mistake: the cost booked as the desk's own.
  @Test(
    "buy a share 1 − (1 − f)^θ back at the next open, at a forced sale's cost",
    arguments: [(0.25, 1.0, 15.0), (0.25, 2, 11.25), (0.25, 0, 20), (1, 0.5, 0), (1, 5, 0)])
  func share(fraction: Double, severity: Double, left: Double) throws {
    let event = Squeeze(
      start: .fixed(2 * hour), window: .init(plateau: .fixed(hour)), recall: .fixed(fraction),
      recallAfter: .fixed(0.5 * hour))
    let market = try tape(flat, event, severity: severity, halfSpreadBps: 10)
    let story = Story(market, once(-2))
    let recalls = story.fills.filter { $0.fill.reason == .recall }
    #expect(recalls.map(\.step) == (left < 20 ? [3] : []))
    #expect(abs(recalls.reduce(0) { $0 + $1.fill.quantity } - (20 - left)) < 1e-9)
    #expect(abs(story[.liquidation] - (20 - left) * 0.1) < 1e-9)
    // Opened and closed out: half-spreads of the desk's own.
    #expect(abs(story[.halfSpread] - (20 + left) * 0.1) < 1e-9)
    #expect(story.row[.orders] == 1)
    #expect(Story(market, once(2)).fills.allSatisfy { $0.fill.reason != .recall })
  }

  /// Planted mistake: the whole order refused.
  @Test("beside refused new shorts, an order sells what there is and no more")
  func refusedShorts() throws {
    let event = Squeeze(
      start: .fixed(3 * hour), window: .init(plateau: .fixed(3 * hour)), newShorts: .refused)
    let asks = [1.0, 1, -1, -1, 0, -1, -1].map { (weight: $0, terms: OrderTerms.market) }
    let bars = [100.0, 100, 100, 110, 110, 110, 110, 110].map { (open: $0, close: $0) }
    let story = Story(try tape(bars, event), Asking(asks: asks))
    // Decided at the close of step 2 at 100: 20 to sell, of which 10 are there. The other 10 are missed: 10·(110 − 100).
    #expect(story.fills.map(\.step) == [1, 3, 6])
    #expect(zip(story.fills, [10.0, -10, -10]).allSatisfy { abs($0.fill.quantity - $1) < 1e-9 })
    #expect(abs(story.row[.opportunity, .event] - -100) < 1e-9)
  }
}

@Suite("Outages")
struct OutageTests {
  private static let bars = [(100.0, 100.0), (100, 100), (100, 92), (92, 85), (85, 80), (80, 80)]
    .map { (open: $0.0, close: $0.1) }
  private let bars = OutageTests.bars

  /// Two steps long, from the open of step 2 on; the price falls from 100 through 95 to 85 in them.
  private func outage(
    _ orders: Outage.Orders = .rejected, _ staleFeed: Outage.StaleFeed = .visible
  ) -> Outage {
    Outage(start: .fixed(2 * hour), duration: .fixed(2 * hour), orders: orders, staleFeed: staleFeed)
  }

  /// Without it the stop at 95 fills at 95; with it at 85, the first price after its end. At θ = ½ it is one step long, and
  /// the stop fills at 92. Planted mistake: the drift of a stop from the last close on.
  @Test(
    "hold a stop back: it fills at the first price after their end",
    arguments: [(0.0, 2, 95.0), (0.5, 3, 92), (1, 4, 85), (5, -1, 80)])
  func stops(severity: Double, step: Int, price: Double) throws {
    let story = Story(
      try tape(bars, outage(), severity: severity), once(1), rules: [StopLoss(loss: 0.05, coolDown: .steps(9))])
    let stops = story.fills.filter { $0.fill.reason == .stop }
    #expect(stops.map(\.step) == (step < 0 ? [] : [step]))
    #expect(abs(story.row[.finalEquity] - 10 * price) < 1e-9)
    #expect(abs(story[.drift] - (step < 0 ? 0 : 10 * (95 - price))) < 1e-9)
    #expect(abs(story[.delay]) < 1e-9)
  }

  @Test("let the venue liquidate and ruin come all the same")
  func liquidation() throws {
    let venue = freeVenue(initialMargin: 0.05, maintenanceMargin: 0.05)
    let story = Story(try tape(bars, outage(), venue: venue), once(10), ruin: RuinTerms(equityBelow: 0))
    #expect(story.row.cause == .liquidation && story.row[.ruinStep] == 2)
    let sale = try #require(story.fills.last)
    #expect(abs(sale.fill.mid - 100 * (1 - (0.1 - 0.05) / 0.95)) < 1e-9)
  }

  /// Decided at the close of step 1 at 100. Planted mistake: a rejected order that is not missed.
  @Test("cancel what arrives, and count what is missed")
  func rejected() throws {
    let story = Story(try tape(bars, outage()), Asking(asks: [(0, .market), (1, .market)]))
    #expect(story.fills.isEmpty)
    #expect(abs(story[.opportunity] - 10 * (92 - 100)) < 1e-9)
    #expect(story.row[.orders] == 1 && story.row[.finalEquity] == 1000)
    #expect(abs(story.row[.shortfall] - story[.opportunity]) < 1e-9)
  }

  /// Bought at 85, the first price after the end, for what was decided at 100 and asked for once.
  @Test("or have it wait for their end, when it is told so")
  func queued() throws {
    let story = Story(try tape(bars, outage(.queued)), Asking(asks: [(0, .market), (1, .market), (1, .market)]))
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
    let story = Story(try tape(bars, outage(.queued)), Asking(asks: [(0, .market), (1, .market), (0.4, .market)]))
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
    let calm = Story(try tape(bars), Asking(asks: [(1, .market), (0, sale)]))
    #expect(calm.fills.last?.fill.mid == 95)
    for orders in Outage.Orders.allCases {
      let story = Story(try tape(bars, outage(orders)), Asking(asks: [(1, .market), (0, sale)]))
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
    let story = Story(try tape(bars, outage(.rejected, isVisible ? .visible : .hidden)), agent)
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

@Suite("A venue that is slow or refuses orders")
struct SlowVenueTests {
  /// A latency of one and a half steps, times 3^w̄: 3 steps more while the window lasts. Planted mistake: what is added
  /// rounded down.
  @Test(
    "takes whole steps more for orders that are sent while it is slow",
    arguments: [(0.0, 2), (0.5, 4), (1, 5), (1.1, 6)])
  func latency(severity: Double, step: Int) throws {
    let bars = (0..<12).map { (open: 100.0 + Double($0), close: 101.0 + Double($0)) }
    let event = SlowVenue(start: .fixed(0), window: .init(plateau: .fixed(3 * hour)), latency: .fixed(3))
    let venue = freeVenue(latency: 1.5 * hour)
    let story = Story(try tape(bars, event, severity: severity, venue: venue), once(1))
    #expect(story.fills.map(\.step) == [step])
    let fill = try #require(story.fills.first).fill
    // Decided at the first close, 101; half of its step on.
    #expect(abs(fill.mid - (100.5 + Double(step))) < 0.01 && abs(fill.decisionPrice - 101) < 1e-9)
    let terms = CostTerm.allCases.reduce(0) { $0 + story[$1] }
    #expect(abs(terms - story.row[.shortfall]) < 1e-9)
    // Sent when the window is over, it takes the file's latency again; none is sent that would come after the end.
    let late = Asking(asks: [(0, .market), (0, .market), (0, .market), (1, .market)])
    let after = Story(try tape(bars, event, severity: severity, venue: venue), late)
    #expect(after.fills.map(\.step) == [5])
    let short = Array(bars.prefix(4))
    let last = Story(try tape(short, event, severity: severity, venue: venue), once(1))
    #expect(last.fills.map(\.step) == (step < 4 ? [step] : []) && last.row[.finalEquity].isFinite)
  }

  /// In and out at every step, on 256 paths, for desks of two sizes.
  @Test("refuses the same orders of all desks: those of the market's own draw")
  func rejects() throws {
    let event = Rejects(start: .fixed(2 * hour), window: .init(plateau: .fixed(5 * hour)), share: .fixed(0.4))
    let asks = (0..<9).map { (weight: $0 % 2 == 0 ? 1.0 : 0, terms: OrderTerms.market) }
    for scale in [1.0, 0.5] {
      let agent = Asking(asks: asks.map { ($0.weight * scale, $0.terms) })
      var held = Mask.none
      var refused = 0
      var now = 0
      _ = outcomes(try tape(flat, event), agent, paths: 256, groups: 32) { tile, desk in
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
