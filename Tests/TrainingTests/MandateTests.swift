import Agents
import Lab
import Lanes
import Markets
import Testing
import Trading
import Training

/// What the numbers of a network mean for positions, at a desk whose prices stand still and whose trades cost nothing.
@Suite("A trained agent's mandate")
struct MandateTests {
  /// The weights held after each of some decisions, [decision][asset], and what was seen before each.
  private func course(
    _ numbers: [[Double]], actions: String, mandate: String = #"{ "leverage": 1 }"#, orders: String = "{}",
    observations: String = #"[{ "model": "position" }]"#
  ) throws -> [(held: [Double], seen: [Double])] {
    let asset = """
      { "price": 100, "process": { "model": "gbm", "annualVolatility": 1e-9 },
        "liquidity": { "halfSpreadBps": 0, "volumePerDay": 1000000000, "depthTo1Percent": 1000000000000000 } }
      """
    let file = try SmallTraining(
      training: [
        "assets": #"["A", "B"]"#, "observations": observations, "actions": actions, "mandate": mandate,
        "rules": "{}", "equity": "1000000", "orders": orders, "scenarios": #"[{ "file": "market.json" }]"#,
      ],
      scenario: [
        "assets": "{ \"A\": \(asset), \"B\": \(asset) }",
        "venue": #"{ "takerFeeBps": 0, "initialMargin": 0.1, "maintenanceMargin": 0.05, "latency": "0s" }"#,
        "events": "{}",
      ]
    ).file
    let planned = try ScenarioEnvironment(file, seed: 1).markets[0]
    let agent = PilotedAgent(file.plan.observations, file.plan.actions, file.plan.mandate, assets: file.assets)
    let desk = Desk(index: 0, agentName: "a", agent: agent, riskName: "", rules: [])
    let tile = planned.market.makeTile(groups: 1)
    let panel = PanelTile([desk], market: planned.market.description, terms: planned.terms, groups: 1)
    let seat = try #require(panel.desks[0].seat as? PilotedSeat)
    tile.reset(firstPath: 0)
    panel.reset(tile, decides: false)
    for _ in 0..<planned.market.description.clock.warmupSteps {
      tile.advance()
      panel.advance(tile, decides: false)
    }
    return numbers.map { numbers in
      panel.show { view, desks in seat.observations.look(view, desks[0]) }
      let seen = seat.observations.values.map { $0[0] }
      seat.numbers = numbers.map { Lanes($0) }
      panel.decide()
      tile.advance()
      panel.advance(tile, decides: false)
      return ((0..<2).map { panel.desks[0].account.weight(asset: $0, group: 0)[0] }, seen)
    }
  }

  /// The weights alone.
  private func weights(_ numbers: [[Double]], actions: String, mandate: String) throws -> [[Double]] {
    try course(numbers, actions: actions, mandate: mandate).map(\.held)
  }

  private func expect(_ found: [[Double]], _ expected: [[Double]]) {
    for (index, (a, b)) in zip(found, expected).enumerated() {
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 }, "decision \(index): \(a), not \(b)")
    }
  }

  /// Planted mistake: a dead band in units of the leverage.
  @Test("leaves a change of weight within the dead band alone and makes a larger one; nothing is always made")
  func deadBand() throws {
    let asked = [0.5, 0.69, 0.71, 0.52, 0.50, -0.1, 0.05, 0]
    let held = [0.5, 0.5, 0.71, 0.71, 0.5, -0.1, -0.1, 0]
    expect(
      try weights(
        asked.map { [$0 / 2, 0] }, actions: #"{ "model": "weights" }"#,
        mandate: #"{ "leverage": 2, "deadBand": 0.2 }"#),
      held.map { [$0, 0] })
  }

  @Test("weights are numbers times the leverage, scaled down together where they add up to more than it")
  func scaling() throws {
    expect(
      try weights(
        [[0.25, -0.5], [1, -0.5], [-1, 1]], actions: #"{ "model": "weights" }"#, mandate: #"{ "leverage": 3 }"#),
      [[0.75, -1.5], [2, -1], [-1.5, 1.5]])
  }

  @Test("a choice is its portfolio times the leverage")
  func choices() throws {
    expect(
      try weights(
        [[1], [0], [2]],
        actions: #"{ "model": "choices", "portfolios": [[-1, 0], [0.25, 0.5], [0, 0]] }"#,
        mandate: #"{ "leverage": 2 }"#),
      [[0.5, 1], [-2, 0], [0, 0]])
  }

  /// Half an hour of minutes is the warm-up's rest of 40: forty decisions. A pace of 1 sells a fortieth of what is held at the
  /// first, one of 3 three thirty-ninths of the rest at the second, one of 0 nothing; −0.5 is a pace of a half, 0.5 one of 2.
  /// Of B, which is owed, the same is bought. Planted mistakes: paces of what was held at the start; a line from −1 to 1
  /// without its bend at 0.
  @Test("a pace is so many times the even share of what is left, from none to the fastest; what is left is seen")
  func pace() throws {
    let numbers: [[Double]] = [[0, -1], [1, 0], [-1, 1], [-0.5, 0.5]]
    let course = try course(
      numbers, actions: #"{ "model": "pace", "fastest": 3 }"#, orders: #"{ "A": -2000, "B": 1000 }"#,
      observations: #"[{ "model": "timeLeft" }, { "model": "remaining" }]"#)
    var (a, b) = (1.0, 1.0)
    for (number, (step, paces)) in zip(course, [(1.0, 0.0), (3, 1), (0, 3), (0.5, 2)]).enumerated() {
      let left = Double(40 - number)
      #expect(zip(step.seen, [left / 40, a, b]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(step.seen)")
      a *= 1 - paces.0 / left
      b *= 1 - paces.1 / left
      #expect(zip(step.held, [0.2 * a, -0.1 * b]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(step.held)")
    }
  }

  @Test(
    "orders that a training cannot have are refused with their place",
    arguments: [
      (["actions": #"{ "model": "pace" }"#], "/actions: a pace is of \"orders\", and there are none"),
      (
        ["validation": #"{ "measure": "completion" }"#],
        "/validation/measure: completion is of \"orders\", and there are none"
      ),
      (
        ["orders": #"{ "A": 5 }"#, "walkForward": #"{ "train": "10d", "validate": "5d", "test": "5d" }"#],
        "/orders: orders are of one horizon, and walking forward has one after the other"
      ),
      (["orders": #"{ "C": 5 }"#], "/orders/C: no asset named \"C\""),
      (["orders": #"{ "A": 0 }"#], "/orders/A: 0 is no order: leave the asset out"),
      (
        ["orders": #"{ "A": 5000 }"#, "equity": "10000"],
        "/orders: what an episode starts with needs 50000 at the venue"
      ),
    ])
  func refusals(_ members: [String: String], _ says: String) throws {
    let training = try SmallTraining(training: members)
    #expect {
      _ = try training.file
    } throws: { error in "\(error)".contains(says) }
  }
}
