import Agents
import Lanes
import Markets
import Testing
import Trading

@Suite("Agents' stop orders")
struct StopOrderTests {
  /// One asset; prices 100 up to the close of step 0, and then some bars.
  private func market(_ bars: [(open: Double, close: Double)]) throws -> Market {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: bars.count + 1),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(bars: [(100, 100)] + bars, from: 100)], GaussianDependence()), venue: freeVenue())
    return try Market(scenario: scenario, seed: 1)
  }

  /// The fills of an agent, the close-out apart.
  private func fills(
    _ agent: Asking, rules: [any RiskRule] = [], _ bars: [(open: Double, close: Double)]
  ) throws -> [PathFill] {
    var fills: [PathFill] = []
    _ = outcomes(try market(bars), agent, rules: rules, paths: 1, groups: 1) { _, desk in
      fills += desk.fills(path: 0).filter { $0.reason != .closeOut }
    }
    return fills
  }

  /// A tape with the price at which the order must fill; nil: it must not.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let weight: Double
    let trigger: Double
    let bars: [(open: Double, close: Double)]
    let price: Double?

    var testDescription: String { name }
  }

  /// Planted mistakes: waiting for the wrong side; filling at the trigger behind a gap; an order that outlives its step.
  @Test(
    "wait for their trigger, fill there or at the first price beyond it, and live for one step",
    arguments: [
      Case(name: "a buy over the market", weight: 1, trigger: 102, bars: [(100, 104), (104, 104)], price: 102),
      Case(name: "a buy that a gap passes", weight: 1, trigger: 102, bars: [(103, 104), (104, 104)], price: 103),
      Case(name: "a buy that is never touched", weight: 1, trigger: 105, bars: [(100, 104), (104, 104)], price: nil),
      Case(
        name: "a buy that is touched a step too late", weight: 1, trigger: 105, bars: [(100, 104), (104, 110)],
        price: nil),
      Case(name: "a sale under the market", weight: -1, trigger: 98, bars: [(100, 95), (95, 95)], price: 98),
      Case(name: "a sale that a gap passes", weight: -1, trigger: 98, bars: [(97, 95), (95, 95)], price: 97),
      Case(name: "a sale while the price rises", weight: -1, trigger: 98, bars: [(100, 105), (105, 105)], price: nil),
    ])
  func waiting(_ example: Case) throws {
    let asks = [(example.weight, OrderTerms.stop(at: Lanes(example.trigger)))]
    let fills = try fills(Asking(asks: asks), example.bars)
    #expect(fills.count == (example.price == nil ? 0 : 1), "\(fills)")
    guard let price = example.price else { return }
    let fill = try #require(fills.first)
    #expect(abs(fill.price - price) < 1e-9)
    #expect(abs(fill.quantity - example.weight * 10) < 1e-9)
    #expect(fill.decisionPrice == example.trigger && fill.reason == .stop)
  }

  /// Planted mistake: only orders on their way are voided, and the one that waits sells what the stop has sold already.
  @Test("are void once the stop of a rule has closed the position")
  func behindProtection() throws {
    let agent = Asking(asks: [(1, .market), (-1, .stop(at: Lanes(94)))])
    let fills = try fills(
      agent, rules: [StopLoss(loss: 0.04, coolDown: .steps(10))], [(100, 100), (100, 90), (90, 90)])
    #expect(fills.map(\.reason) == [.order, .stop])
    #expect(abs(fills.reduce(0) { $0 + $1.quantity }) < 1e-9, "\(fills)")
  }

  /// Eight paths share a vector. Planted mistake: a quantity of 0 booked at the price of a trigger that nothing reaches.
  @Test("leave nothing on the paths on which they are not touched, wherever they wait there")
  func untouched() throws {
    let trigger = Lanes { $0 == 0 ? 102 : .infinity }
    let rows = outcomes(
      try market([(100, 104), (104, 104)]), Asking(asks: [(1, .stop(at: trigger))]), paths: 8, groups: 1)
    #expect(rows[0][.orders] == 1 && rows[0][.finalEquity] > 1010)
    for row in rows.dropFirst() {
      #expect(row.values.allSatisfy { $0.isFinite }, "\(row.values)")
      #expect(row[.orders] == 0 && row[.shortfall] == 0 && row[.finalEquity] == 1000)
    }
  }

  /// A drawdown of 20 % closes the position at the next open, though the agent asked for its sale by a stop order at 50.
  /// Planted mistake: what the overlay asks for worked on the agent's terms.
  @Test("never hold back what a rule takes off a position")
  func rulesDoNotWait() throws {
    let asks: [(weight: Double, terms: OrderTerms)] = [(1, .market), (0, .stop(at: Lanes(50)))]
    var held: [Double] = []
    let bars: [(open: Double, close: Double)] = [(100, 100), (100, 100), (100, 80), (80, 80), (80, 80), (80, 80)]
    _ = outcomes(
      try market(bars), Asking(asks: asks), rules: [DrawdownLimit(drawdown: 0.1, coolDown: .steps(50))], paths: 1,
      groups: 1
    ) { _, desk in held.append(desk.account.positions[0].quantity[0]) }
    #expect(held[3] == 10 && held[4] == 0, "\(held)")
  }

  /// Ruin at 92 and a rule's stop at 94, and the agent asks to sell at 96: the price comes by there first.
  /// Planted mistake: agents' orders after ruin and stops.
  @Test(
    "come before ruin and a rule's stop where the price comes to them first",
    arguments: [[], [StopLoss(loss: 0.06, coolDown: .steps(10))]])
  func nearestFirst(rules: [StopLoss]) throws {
    var fills: [PathFill] = []
    let row = outcomes(
      try market([(100, 100), (100, 90), (90, 90)]), Asking(asks: [(1, .market), (0, .stop(at: Lanes(96)))]),
      rules: rules, ruin: RuinTerms(equityBelow: 0.92), paths: 1, groups: 1
    ) { _, desk in fills += desk.fills(path: 0) }[0]
    #expect(row.cause == .none && abs(row[.finalEquity] - 960) < 1e-9, "\(fills)")
  }
}
