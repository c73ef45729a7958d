import Lanes
import Testing
import Trading

/// A venue with nothing but impact, and one unit of quantity moving the price by the whole mid.
private func impactOnly(kept: Double, maximumParticipation: Double = 1) -> Venue {
  Venue(
    takerFee: 0, liquidationFee: 0, initialMargin: 0.01, maintenanceMargin: 0,
    maximumParticipation: maximumParticipation,
    impactKept: [kept], financingPerStep: 0)
}

/// Buys `trades` one step apart at a mid of 1 and returns what impact costs.
private func cost(of trades: [Double], kept: Double) -> Double {
  let venue = impactOnly(kept: kept)
  var account = AccountTile.Account(equity: Lanes(1000))
  var position = AccountTile.Position()
  var cost = 0.0
  for trade in trades {
    venue.begin(&position, asset: 0, depth: Lanes(0.01))
    let fill = venue.fill(
      Lanes(trade), mid: .one, halfSpread: .zero, volume: nil, feeRate: .zero, &position, &account)
    cost += fill.impact[0]
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
      let venue = impactOnly(kept: 0.9)
      var account = AccountTile.Account(equity: Lanes(1000))
      var position = AccountTile.Position()
      venue.begin(&position, asset: 0, depth: Lanes(0.01))
      _ = venue.fill(Lanes(buy), mid: .one, halfSpread: .zero, volume: nil, feeRate: .zero, &position, &account)
      venue.begin(&position, asset: 0, depth: Lanes(0.1))
      _ = venue.fill(Lanes(-buy), mid: .one, halfSpread: .zero, volume: nil, feeRate: .zero, &position, &account)
      #expect(position.quantity[0] == 0)
      #expect(account.cash[0] < 1000)
    }
  }

  /// Planted mistake: a cap per order rather than per step.
  @Test("fills no more than the participation cap in a step, over all its orders")
  func participationCap() {
    let venue = impactOnly(kept: 0.5, maximumParticipation: 0.1)
    var account = AccountTile.Account(equity: Lanes(1000))
    var position = AccountTile.Position()
    venue.begin(&position, asset: 0, depth: Lanes(1000))
    let buy = venue.fill(
      Lanes(8), mid: .one, halfSpread: .zero, volume: Lanes(100), feeRate: .zero, &position, &account)
    let sell = venue.fill(
      Lanes(-8), mid: .one, halfSpread: .zero, volume: Lanes(100), feeRate: .zero, &position, &account)
    #expect(buy.quantity[0] == 8)
    #expect(abs(sell.quantity[0] + 2) < 1e-12)
    venue.begin(&position, asset: 0, depth: Lanes(1000))
    let next = venue.fill(
      Lanes(-8), mid: .one, halfSpread: .zero, volume: Lanes(100), feeRate: .zero, &position, &account)
    #expect(next.quantity[0] == -8)
  }

  @Test("splits the price paid into mid, half-spread, impact and fee, to the last cent")
  func cashIsConserved() {
    let venue = impactOnly(kept: 0.5)
    for (quantity, mid, halfSpread) in [(3.0, 100.0, 0.001), (-7, 250, 0.0005), (40, 0.5, 0.01), (-90, 2, 0.3)] {
      var account = AccountTile.Account(equity: Lanes(1e6))
      var position = AccountTile.Position()
      venue.begin(&position, asset: 0, depth: Lanes(50))
      let fill = venue.fill(
        Lanes(quantity), mid: Lanes(mid), halfSpread: Lanes(halfSpread), volume: nil, feeRate: Lanes(0.002), &position,
        &account)
      let spent = 1e6 - account.cash[0]
      let explained = quantity * mid + fill.halfSpread[0] + fill.impact[0] + fill.fee[0]
      #expect(abs(spent - explained) <= 1e-9 * 1e6)
      #expect(position.quantity[0] == quantity)
      #expect(fill.halfSpread[0] >= 0)
    }
  }

  @Test("never fills under a price of 0, however thin the book")
  func priceStaysAboveZero() {
    let venue = impactOnly(kept: 0.5)
    var account = AccountTile.Account(equity: Lanes(1000))
    var position = AccountTile.Position()
    venue.begin(&position, asset: 0, depth: Lanes(0.001))
    let fill = venue.fill(
      Lanes(-5), mid: Lanes(10), halfSpread: Lanes(0.01), volume: nil, feeRate: .zero, &position, &account)
    #expect(account.cash[0] == 1000)
    #expect(fill.halfSpread[0] + fill.impact[0] == 50)
  }
}
