import Agents
import Glibc
import Lanes
import Learning
import Markets
import Randomness
import Testing
import Trading
import Training

/// The environment is the desk: what an agent earns while it learns is what a stress run books for the same actions.
@Suite("A training's environment")
struct EnvironmentTests {
  /// The number that is asked for in a step of a copy: any that both sides can work out.
  private static func number(step: Int, lane: Int) -> Double { sin(Double(step * 8 + lane) * 1.7) }

  /// An agent that asks for these weights; the translation of numbers is written here once more.
  private struct Scripted: Agent {
    func makeSeat(_ site: DeskSite) -> any Seat { ScriptedSeat() }

    final class ScriptedSeat: Seat {
      var step = 0

      func reset() { step = 0 }

      func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
        for asset in 0..<account.assets {
          for group in 0..<account.groups {
            var decision = Decision.hold
            if asset == 0 {
              let held = account.weight(asset: 0, group: group)
              for lane in 0..<Lanes.count {
                let wanted = 4 * min(1, max(-1, EnvironmentTests.number(step: step, lane: lane)))
                decision.weight[lane] = wanted
                decision.acts[lane] = abs(wanted - held[lane]) > 0.1 || wanted == 0
              }
            }
            decisions[asset * account.groups + group] = decision
          }
        }
        step += 1
      }
    }
  }

  /// Planted mistake: a decision one close late.
  @Test("gives rewards that add up to the log wealth of the same actions in a stress run, to 1e-9")
  func rewards() throws {
    let file = try SmallTraining(training: ["mandate": #"{ "leverage": 4, "deadBand": 0.1 }"#, "ruinBelow": "0.9"]).file
    let environment = try ScenarioEnvironment(file, seed: 3)
    let tile = environment.makeTile(groups: 1, streams: RandomStreams(seed: 3, namespace: .train))
    var step = EnvironmentStep(groups: 1, observations: environment.observations)
    tile.begin(&step.observations)
    let steps = file.scenarios[0].scenario.clock.steps
    // Both markets of the file, in whatever order the episodes are in them.
    var found: [[Double]] = []
    for _ in 0..<6 {
      var sums = Array(repeating: 0.0, count: Lanes.count)
      for index in 0..<steps {
        tile.advance([Lanes { Self.number(step: index, lane: $0) }], &step)
        for lane in 0..<Lanes.count { sums[lane] += step.reward[0][lane] }
      }
      found.append(sums)
    }
    for (episode, sums) in found.enumerated() {
      let candidates = environment.markets.map { planned -> [Double] in
        let desk = Desk(
          index: 0, agentName: "a", agent: Scripted(), riskName: "r", rules: file.plan.rules.values)
        let market = planned.market.makeTile(groups: 1)
        let panel = PanelTile([desk], market: planned.market.description, terms: planned.terms, groups: 1)
        market.reset(firstPath: UInt64(episode * 8))
        panel.reset(market)
        let clock = planned.market.description.clock
        for _ in 0..<clock.warmupSteps + clock.steps {
          market.advance()
          panel.advance(market)
        }
        return (0..<8).map { path in
          let row = panel.desks[0].outcome(path: path, number: Int64(path))
          return log(row.values[OutcomeColumn.fact(.finalEquity).place] / planned.terms.startEquity)
        }
      }
      #expect(
        candidates.contains { zip($0, sums).allSatisfy { abs($0 - $1) < 1e-9 } },
        "episode \(episode): \(sums), not one of \(candidates)")
    }
    // Some paths were ruined on the way, or the test says nothing of ruin.
    #expect(found.joined().contains { $0 < log(0.9) })
  }

  /// Planted mistake: an episode that is cut off at the horizon ends for good.
  @Test("ends an episode at ruin for good, idles until the path is over, and is cut off at the horizon")
  func endings() throws {
    let file = try SmallTraining(training: ["ruinBelow": "0.97"]).file
    let environment = try ScenarioEnvironment(file, seed: 3)
    let tile = environment.makeTile(groups: 2, streams: RandomStreams(seed: 3, namespace: .train))
    var step = EnvironmentStep(groups: 2, observations: environment.observations)
    tile.begin(&step.observations)
    let steps = file.scenarios[0].scenario.clock.steps
    var idle = [Mask.none, Mask.none]
    var (ends, cuts) = (0, 0)
    var growth = [Lanes.zero, Lanes.zero]
    for index in 0..<8 * steps {
      tile.advance([Lanes(1), Lanes(-1)], &step)
      let isLast = index % steps == steps - 1
      for group in 0..<2 {
        growth[group] += step.reward[group]
        // Who ends for good has lost what ruin takes, up to what closing out brings back.
        #expect((step.isTerminal[group] & (growth[group] .> log(0.98))).isNone)
        if step.isTruncated[group].isAny { cuts += 1 }
        if isLast { growth[group] = .zero }
        #expect((step.isTerminal[group] & idle[group]).isNone)
        if step.isTerminal[group].isAny { ends += 1 }
        for lane in 0..<Lanes.count {
          #expect(step.isTruncated[group][lane] == (isLast && !idle[group][lane] && !step.isTerminal[group][lane]))
          if idle[group][lane] { #expect(step.reward[group][lane] == 0) }
        }
        let expected = isLast ? Mask.none : idle[group] | step.isTerminal[group]
        for lane in 0..<Lanes.count { #expect(step.isIdle[group][lane] == expected[lane]) }
        idle[group] = expected
      }
    }
    #expect(ends > 3 && cuts > 3)
  }

  @Test("takes up a state that it gave, in the middle of an episode, and goes on to the same bits")
  func state() throws {
    let environment = try ScenarioEnvironment(try SmallTraining().file, seed: 5)
    let streams = RandomStreams(seed: 5, namespace: .train)
    let (whole, again) = (
      environment.makeTile(groups: 2, streams: streams), environment.makeTile(groups: 2, streams: streams)
    )
    var step = EnvironmentStep(groups: 2, observations: environment.observations)
    whole.begin(&step.observations)
    func act(_ tile: any EnvironmentTile, _ index: Int, _ step: inout EnvironmentStep) {
      tile.advance((0..<2).map { group in Lanes { Self.number(step: index, lane: $0 + group) } }, &step)
    }
    for index in 0..<57 { act(whole, index, &step) }
    try again.restore(whole.state)
    var other = step
    for index in 57..<130 {
      act(whole, index, &step)
      act(again, index, &other)
      #expect(step.observations == other.observations && step.reward == other.reward)
      #expect(step.finalObservations == other.finalObservations && step.isIdle == other.isIdle)
    }
    for damage in [[], [0.5], whole.state + [1], Array(whole.state.dropLast()), [0, 1e9]] {
      #expect(throws: UnfitState.self) { try again.restore(damage) }
    }
  }
}
