import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// A venue with nothing but impact, and one unit of quantity moving the price by the whole mid.
private func impactOnly(kept: Double, maximumParticipation: Double = 1) -> Venue {
  Venue(
    takerFee: 0, liquidationFee: 0, initialMargin: 0.01, maintenanceMargin: 0,
    maximumParticipation: maximumParticipation,
    impactKept: [kept], financingPerStep: 0)
}

/// A step with so much volume at a half-spread.
private func step(halfSpread: Double, volume: Double) -> AssetStep {
  var step = AssetStep(unmoved: .one)
  step.halfSpread = Lanes(halfSpread)
  step.volume = Lanes(volume)
  return step
}

/// One book and one account, traded in by hand.
private struct Trader {
  let venue: Venue
  var book = VenueBook()
  var account: Account
  var position = Position()
  var depth: BookDepth

  init(_ venue: Venue, equity: Double = 1000) {
    self.venue = venue
    account = Account(equity: Lanes(equity))
    depth = BookDepth(kept: Lanes(venue.impactKept[0]))
  }

  /// Lets a step begin.
  mutating func begin(depth: Double) {
    self.depth.follow(Lanes(depth))
    book.begin(self.depth)
  }

  /// Trades a quantity; without a volume the participation cap does not count.
  mutating func trade(
    _ quantity: Double, mid: Double = 1, halfSpread: Double = 0, volume: Double? = nil, feeRate: Double = 0
  ) -> Fill {
    let order = Order.market(Lanes(quantity), decidedAt: Lanes(mid), for: volume == nil ? .closeOut : .order)
    let fill = book.fill(
      order, mid: Lanes(mid), step(halfSpread: halfSpread, volume: volume ?? 0), depth, venue, feeRate: Lanes(feeRate),
      asset: 0, group: 0)
    account.apply(fill, to: &position)
    return fill
  }
}

/// Buys `trades` one step apart at a mid of 1 and returns what impact costs.
private func cost(of trades: [Double], kept: Double) -> Double {
  var trader = Trader(impactOnly(kept: kept))
  var cost = 0.0
  for trade in trades {
    trader.begin(depth: 0.01)
    cost += trader.trade(trade).impact[0]
  }
  return cost
}

@Suite("The venue")
struct VenueTests {
  /// Obizhaeva & Wang (2013), section 6: for N + 1 equally spaced trades and a = e^(−ρτ), the first and the last are
  /// X/((N − 1)(1 − a) + 2), the others that times 1 − a, and the cost is ½κX²(1 + a)/((N − 1)(1 − a) + 2). At N = 10
  /// and ρT = 1.5: 0.285944, and 0.310985 for trades of one size.
  /// Planted mistake: paying I + κq instead of I + ½κq.
  @Test("charges an Obizhaeva–Wang schedule what its closed form says")
  func closedFormOfTheBestSchedule() {
    let intervals = 10
    let a = 0.8607079764250578  // e^(−0.15)
    let first = 1 / (Double(intervals - 1) * (1 - a) + 2)
    #expect(abs(first - 0.307349) < 5e-7)
    let best = [first] + Array(repeating: first * (1 - a), count: intervals - 1) + [first]
    let formula = 0.5 * (1 + a) / (Double(intervals - 1) * (1 - a) + 2)
    #expect(abs(cost(of: best, kept: a) - formula) < 1e-12)
    #expect(abs(formula - 0.285944) < 5e-7)
    let uniform = Array(repeating: 1 / Double(intervals + 1), count: intervals + 1)
    #expect(abs(cost(of: uniform, kept: a) - 0.310985) < 5e-7)
  }

  @Test("never lets a schedule beat the best one", arguments: 0..<50)
  func bestIsBest(seed: Int) {
    let a = 0.8607079764250578
    var state = UInt64(seed + 1)
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let weights = (0...10).map { _ in uniform() - 0.2 }
    let sum = weights.reduce(0, +)
    #expect(cost(of: weights.map { $0 / sum }, kept: a) >= 0.285944 - 1e-6, "seed \(seed)")
  }

  /// Without the rescaling, buying while depth is a tenth and selling when it has come back would pay for both trades
  /// with impact that depth no longer carries. Planted mistake: leaving out min(1, κ_new/κ_old).
  @Test("lets no round trip earn money when depth recovers")
  func noFreeLunchInRecoveringDepth() {
    for buy in [0.001, 0.01, 0.1] {
      var trader = Trader(impactOnly(kept: 0.9))
      trader.begin(depth: 0.01)
      _ = trader.trade(buy)
      trader.begin(depth: 0.1)
      _ = trader.trade(-buy)
      #expect(trader.position.quantity[0] == 0)
      #expect(trader.account.cash[0] < 1000)
    }
  }

  /// Planted mistake: a cap per order rather than per step.
  @Test("fills no more than the participation cap in a step, over all its orders")
  func participationCap() {
    var trader = Trader(impactOnly(kept: 0.5, maximumParticipation: 0.1))
    trader.begin(depth: 1000)
    let buy = trader.trade(8, volume: 100)
    let sell = trader.trade(-8, volume: 100)
    #expect(buy.quantity[0] == 8)
    #expect(abs(sell.quantity[0] + 2) < 1e-12)
    trader.begin(depth: 1000)
    #expect(trader.trade(-8, volume: 100).quantity[0] == -8)
  }

  @Test("splits the price paid into mid, half-spread, impact and fee, to the last cent")
  func cashIsConserved() {
    for (quantity, mid, halfSpread) in [(3.0, 100.0, 0.001), (-7, 250, 0.0005), (40, 0.5, 0.01), (-90, 2, 0.3)] {
      var trader = Trader(impactOnly(kept: 0.5), equity: 1e6)
      trader.begin(depth: 50)
      let fill = trader.trade(quantity, mid: mid, halfSpread: halfSpread, feeRate: 0.002)
      let spent = 1e6 - trader.account.cash[0]
      let explained = quantity * mid + fill.halfSpread[0] + fill.impact[0] + fill.fee[0]
      #expect(abs(spent - explained) <= 1e-9 * 1e6)
      #expect(trader.position.quantity[0] == quantity)
      #expect(fill.halfSpread[0] >= 0)
    }
  }

  @Test("never fills under a price of 0, however thin the book")
  func priceStaysAboveZero() {
    var trader = Trader(impactOnly(kept: 0.5))
    trader.begin(depth: 0.001)
    let fill = trader.trade(-5, mid: 10, halfSpread: 0.01)
    #expect(trader.account.cash[0] == 1000)
    #expect(fill.halfSpread[0] + fill.impact[0] == 50)
  }
}

@Suite("A book that refills slowly")
struct SlowRefillTests {
  /// Buys in the first step and again in the third; a drought multiplies the half-life of 30 seconds.
  ///
  /// Planted mistake: the factor multiplies the rate.
  @Test("keeps 2 to the power of −time over the longer half-life of what was traded", arguments: [1.0, 10, 0.1])
  func refill(factor: Double) throws {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: 4),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(depth: 1000, refillSeconds: 30))],
      movement: .processes([Tape(closes: [], from: 100)], GaussianDependence()), venue: freeVenue(),
      events: [
        NamedEvent(
          "dry", Drought(start: .fixed(60), window: EventWindow(plateau: .fixed(180)), refillHalfLife: .fixed(factor)))
      ])
    var fills: [PathFill] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), Asking(asks: [(0.5, .market), (1, .market)]), equity: 10_000,
      paths: 1, groups: 1
    ) { _, desk in fills += desk.fills(path: 0).filter { $0.reason == .order } }
    #expect(fills.count == 2)
    let kappa = 0.01 / 1000
    #expect(abs(fills[0].price / 100 - 1 - kappa * fills[0].quantity / 2) < 1e-12)
    let pressure = fills[1].price / 100 - 1 - kappa * fills[1].quantity / 2
    let kept = exp2(Lanes(-2 / factor))[0]
    #expect(abs(pressure - kept * kappa * fills[0].quantity) < 1e-12)
  }
}
