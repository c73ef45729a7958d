import Agents
import Lanes
import Markets
import Testing
import Trading

@Suite("Agents' stop orders")
struct StopOrderTests {
  /// The fills of an agent that asks for a weight by a stop order; prices 100 up to the close of step 0.
  private func fills(_ weight: Double, at trigger: Double, _ bars: [(open: Double, close: Double)]) throws -> [PathFill]
  {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: bars.count + 1),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(bars: [(100, 100)] + bars, from: 100)], GaussianDependence()), venue: freeVenue())
    var fills: [PathFill] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), AskingOnce(weight: weight, terms: .stop(at: Lanes(trigger))), paths: 1,
      groups: 1
    ) { _, desk in fills += desk.fills(path: 0).filter { $0.reason != .closeOut } }
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
    let fills = try fills(example.weight, at: example.trigger, example.bars)
    #expect(fills.count == (example.price == nil ? 0 : 1), "\(fills)")
    guard let price = example.price else { return }
    let fill = try #require(fills.first)
    #expect(abs(fill.price - price) < 1e-9)
    #expect(abs(fill.quantity - example.weight * 10) < 1e-9)
    #expect(fill.decisionPrice == example.trigger && fill.reason == .stop)
  }

  /// Bought at 100 with a rule's stop at 96; then the agent asks to sell by a stop order at 97, and the price falls to 90:
  /// the rule's stop sells all, and a second sale would be a short position.
  /// Planted mistake: a protective stop that leaves the orders that wait alone.
  @Test("are void where the stop on the position has sold it")
  func voidedByProtection() throws {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: 4),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: ProcessMovement(
        [Tape(bars: [(100, 100), (100, 100), (100, 90), (90, 90)], from: 100)], GaussianDependence()),
      venue: freeVenue())
    var fills: [PathFill] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), SellingByStop(trigger: 97),
      rules: [StopLoss(loss: 0.04, coolDown: .steps(10))], paths: 1, groups: 1
    ) { _, desk in fills += desk.fills(path: 0) }
    #expect(fills.map { ($0.quantity * 1e6).rounded() / 1e6 } == [10, -10], "\(fills)")
    #expect(fills.last.map { $0.reason == .stop && abs($0.price - 96) < 1e-9 } == true)
  }

  /// A drawdown of 20 % closes the position at the next open, though the agent asked for its sale by a stop order at 50.
  /// Planted mistake: what the overlay asks for worked on the agent's terms.
  @Test("never hold back what a rule takes off a position")
  func rulesDoNotWait() throws {
    let closes: [Double] = [100, 100, 100, 80, 80, 80, 80]
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
    var held: [Double] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), SellingByStop(trigger: 50),
      rules: [DrawdownLimit(drawdown: 0.1, coolDown: .steps(50))], paths: 1, groups: 1
    ) { _, desk in held.append(desk.account.positions[0].quantity[0]) }
    #expect(held[3] == 10 && held[4] == 0, "\(held)")
  }
}

/// Buys its equity's worth at t = 0, and asks at the next close to sell it by a stop order.
private struct SellingByStop: Agent {
  let trigger: Double

  func makeSeat(_ site: DeskSite) -> any Seat { SellingSeat(trigger: trigger) }
}

private final class SellingSeat: Seat {
  let trigger: Double
  var step = 0

  init(trigger: Double) { self.trigger = trigger }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    step = market.step
    for index in decisions.indices {
      decisions[index] = Decision(weight: Lanes(step == 0 ? 1 : 0), acts: Mask(step == 0 || step == 1))
    }
  }

  var worksOrders: Bool { step > 0 }
  func terms(asset: Int, group: Int) -> OrderTerms { .stop(at: Lanes(trigger)) }
}
