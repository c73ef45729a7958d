import Foundation
import Lab
import Learning
import Testing

/// What is said of a policy that is a formula, in a market whose depth is known at every close.
@Suite("A trained agent's behaviour")
struct KnownAgentTests {
  private static let run = Result { try KnownAgent(training: KnownAgent.training) }
  private let behaviour: PolicyBehaviour

  init() throws { behaviour = try #require(Self.run.get().summary.behaviour) }

  @Test("is looked at at the largest severity, behind the profile with the fewest rules, on the first paths")
  func place() {
    #expect(behaviour.scenario == "market" && behaviour.severity == 1 && behaviour.risk == "none")
    #expect(behaviour.firstPath == 0 && behaviour.paths == 64)
  }

  /// |∂target/∂input| is leverage · |weight| everywhere.
  ///
  /// Planted mistake: half of the reach.
  @Test("ranks inputs by weight times standard deviation, which is what a linear policy's target moves by")
  func effects() throws {
    #expect(behaviour.effects.map(\.input) == KnownAgent.inputs)
    for (effect, weight) in zip(behaviour.effects, [0.2, 0.02, 0.01]) {
      let expected = KnownAgent.leverage * weight * effect.standardDeviation
      #expect(abs(effect.effect - expected) < 1e-5, "\(effect)")
      #expect(effect.asset == "A")
    }
    // Half of the states are of the drought, half are not: p(1 − p) with n − 1 as divisor.
    let states = 2 * 4 * 64.0
    let deviation = -KnownAgent.drained / 2 * (states / (states - 1)).squareRoot()
    #expect(abs(behaviour.effects[0].standardDeviation - deviation) < 1e-9)
    let map = try #require(behaviour.maps.first)
    #expect(map.x == "depth(A)" && map.y == "return(A, 1)")
  }

  /// Planted mistakes: x and y exchanged, and all other inputs at 0 in place of their medians.
  @Test("has maps whose values are the formula's, at the medians of the time")
  func maps() throws {
    let map = try #require(behaviour.maps.first)
    #expect(behaviour.maps.count == 1 && map.phases.map(\.phase) == [.before, .inside])
    #expect(map.xs.count == 21 && map.ys.count == 21)
    // From the percentiles, which are 0 and ln 0.1, in 21 cells.
    for (index, x) in map.xs.enumerated() {
      #expect(abs(x - KnownAgent.drained * (1 - (Double(index) + 0.5) / 21)) < 1e-9)
    }
    for phase in map.phases {
      #expect(phase.states == 4 * 64)
      #expect(abs(phase.medians[0] - (phase.phase == .before ? 0 : KnownAgent.drained)) < 1e-9)
      var largestError = 0.0
      for (y, row) in zip(map.ys, phase.weights) {
        for (x, weight) in zip(map.xs, row) {
          let formula: Double = 0.1 - 0.2 * x + 0.02 * y + 0.01 * phase.medians[2]
          largestError = max(largestError, abs(weight - KnownAgent.leverage * formula))
        }
      }
      #expect(phase.weights.map(\.count) == map.ys.map { _ in 21 } && largestError < 1e-5)
      for state in phase.visited { #expect(abs(state[0] - phase.medians[0]) < 1e-9) }
    }
    #expect(map.phases[0].medians[2] != map.phases[1].medians[2])
  }

  /// Planted mistakes: the close at the event's start counted as inside, and an input taken for its neighbour.
  @Test("counts inputs that were pushed outside what they were in training exactly: in the drought, and nowhere else")
  func outside() throws {
    let health = behaviour.health
    let closes = KnownAgent.closes
    #expect(health.phases.map(\.phase) == [.before, .inside, .after])
    #expect(health.phases.map(\.closes) == [64 * closes.before, 64 * closes.inside, 64 * closes.after])
    #expect(health.phases.map(\.outside?.value) == [0, 1, 0])
    let inputs = try #require(health.inputs)
    #expect(inputs.map(\.input) == KnownAgent.inputs)
    #expect(inputs.map { $0.outside.map(\.value) } == [[0, 1, 0], [0, 0, 0], [0, 0, 0]])
    #expect(abs(inputs[0].lowest - KnownAgent.drained) < 1e-9 && inputs[0].highest == 0)
    let curve = try #require(health.outside)
    #expect(health.isInEventTime)
    for (seconds, value) in zip(curve.seconds, curve.value) {
      #expect(value == (seconds > 0 && seconds <= 600 ? 1 : 0), "\(seconds)")
    }
    #expect(curve.seconds.contains(0) && curve.seconds.contains(60) && curve.seconds.contains(600))
    #expect(curve.atRisk?.allSatisfy { $0 == 64 } == true && curve.n == 64)
    // 64 of 64: (α/2)^(1/n), Clopper and Pearson's bound.
    let last = try #require(curve.seconds.firstIndex(of: 600))
    #expect(abs(curve.low[last] - pow(0.025, 1 / 64.0)) < 1e-9 && curve.high[last] == 1)
  }

  /// 0.25 without the drought, 0.25 + 0.5 · 2.30 > 1 in it, the returns moving it by a tenth at most.
  @Test("counts actions at the bound exactly: in the drought, and nowhere else")
  func saturated() throws {
    let behaviour = try #require(
      try KnownAgent([-0.5, 0.001, 0], bias: 0.25, training: KnownAgent.training).summary.behaviour)
    #expect(behaviour.health.phases.map(\.saturated.value) == [0, 1, 0])
    for (seconds, value) in zip(behaviour.health.saturated.seconds, behaviour.health.saturated.value) {
      #expect(value == (seconds > 0 && seconds <= 600 ? 1 : 0), "\(seconds)")
    }
    #expect(self.behaviour.health.phases.map(\.saturated.value) == [0, 0, 0])
    // The map is cut at the leverage too.
    let map = try #require(behaviour.maps.first)
    #expect(map.phases[0].weights.joined().max() == KnownAgent.leverage)
  }

  /// Planted mistake: five standard deviations.
  @Test(
    "by the statistics of a normaliser counts what is more than four standard deviations from the mean",
    arguments: [(0.5, 1.0), (0.6, 0)])
  func normaliser(deviation: Double, share: Double) throws {
    // Four of 0.5 are 2, four of 0.6 are 2.4; depth is 2.30 under its mean.
    let normaliser = ObservationNormaliser(
      count: 1, mean: [0, 0, 0], variance: [deviation * deviation, 1e6, 1e6], epsilon: 1e-12, clip: 1)
    let agent = try KnownAgent(normaliser: normaliser)
    #expect(agent.summary.policies?.first?.record.rangesFrom == .normaliser)
    #expect(agent.summary.behaviour?.health.phases.map(\.outside?.value) == [0, share, 0])
    let low = try #require(agent.summary.behaviour?.health.inputs?.first?.low)
    #expect(abs(low + 4 * deviation) < 1e-9)
  }

  @Test("without statistics of its training has no share outside")
  func unknown() throws {
    let summary = try KnownAgent().summary
    let health = try #require(summary.behaviour?.health)
    #expect(health.outside == nil && health.inputs == nil && health.phases.allSatisfy { $0.outside == nil })
    #expect(summary.policies?.first?.record.rangesFrom == nil)
  }

  @Test("without events is one map and one share, in the clock's time")
  func calm() throws {
    let behaviour = try #require(try KnownAgent(training: KnownAgent.training, severities: "[0]").summary.behaviour)
    #expect(behaviour.severity == 0 && !behaviour.health.isInEventTime)
    #expect(behaviour.health.phases.map(\.phase) == [.throughout])
    #expect(behaviour.health.phases.map(\.closes) == [64 * 60])
    #expect(behaviour.health.phases.map(\.outside?.value) == [0])
    // Depth never moves: the map is of the other two.
    let map = try #require(behaviour.maps.first)
    #expect(map.phases.map(\.phase) == [.throughout] && map.x == "return(A, 1)" && map.y == "position(A)")
    #expect(behaviour.effects[0].effect == 0 && behaviour.effects[0].standardDeviation == 0)
  }

  /// Planted mistake: updates that count alike, however many episodes ended in them.
  @Test("has the learning curve of the log: neighbouring updates together, by how many episodes ended in each")
  func learning() throws {
    let record = try #require(
      try KnownAgent(training: KnownAgent.training, log: KnownAgent.log, paths: 8).summary.policies?.first?.record)
    let curve = try #require(record.learning)
    // 400 updates in points of three, the last of one.
    #expect(curve.steps.count == 134 && curve.updates == 400)
    #expect(curve.steps.first == 300 && curve.steps.last == 40_000)
    #expect(curve.episodes.first == 3 && curve.episodes.last == 400)
    // (1 · 0.01 + 2 · 0.02) / 3, (400 · 4) / 400.
    #expect(abs(curve.meanReturn[0] - 0.05 / 3) < 1e-12 && curve.meanReturn.last == 4)
    let validation = try #require(record.validation)
    #expect(validation.steps == [1000, 2000, 3000, 4000] && validation.values == [-0.5, 0.25, nil, 0.125])
    #expect(validation.best == 20 && record.training?.title == "By <hand>" && record.training?.seed == "7")
    for bad in ["", "update,steps\n1,2\n", KnownAgent.log + "1,2,3\n"] {
      let record = try #require(try KnownAgent(log: bad, paths: 8).summary.policies?.first?.record)
      #expect(record.learning == nil && record.hasUnreadableLog && record.training == nil)
    }
  }
}
