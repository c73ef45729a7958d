import Agents
import Lanes
import Markets
import Trading

/// Eight copies of a scenario environment: eight paths of one market that begin and end together.
///
/// A copy that is ruined idles until the others are through. The market, the desk, its rules and its venue are those of a
/// stress run; only who decides is another.
final class EpisodeTile {
  /// A market with a desk in it.
  private struct Workplace {
    let tile: MarketTile
    let panel: PanelTile
    let seat: PilotedSeat
  }

  private let markets: [PlannedEpisode]
  private let plan: TrainingPlan
  private let assets: [String]
  private var workplaces: [Int: Workplace] = [:]
  private var track: (any RewardTrack)?
  /// Which of the markets the episode is in.
  private var market = 0
  /// Copies that are not ruined.
  private(set) var isAlive = Mask.all
  /// What was done since the episode began, step by step: with its number everything that the copies depend on.
  private(set) var done: [[Lanes]] = []
  /// The reward of the last step, whether it ruined a copy, and whether it was the last of the path.
  private(set) var reward = Lanes.zero
  private(set) var isRuined = Mask.none
  private(set) var isOver = false

  init(_ markets: [PlannedEpisode], _ plan: TrainingPlan, assets: [String]) {
    self.markets = markets
    self.plan = plan
    self.assets = assets
  }

  /// What the copies see, [index].
  var observations: [Lanes] { workplace.seat.observations.values }

  private var workplace: Workplace {
    guard let place = workplaces[market] else { preconditionFailure("Invariant: an episode has begun") }
    return place
  }

  /// Begins an episode on eight paths of a market.
  func begin(market: Int, firstPath: UInt64) {
    self.market = market
    let place = workplaces[market] ?? make(market)
    workplaces[market] = place
    track = plan.reward.makeTrack(markets[market].rewardStart)
    isAlive = .all
    isOver = false
    done = []
    place.tile.reset(firstPath: firstPath)
    place.panel.reset(place.tile, decides: false)
    for _ in 0..<place.tile.description.clock.warmupSteps {
      place.tile.advance()
      place.panel.advance(place.tile, decides: false)
    }
    look(place)
  }

  /// Does what was decided, and lives through the step after it.
  func advance(_ numbers: [Lanes]) {
    let place = workplace
    done.append(numbers)
    place.seat.numbers = numbers
    place.panel.decide()
    place.tile.advance()
    place.panel.advance(place.tile, decides: false)
    let desk = place.panel.desks[0]
    reward = select(isAlive, track?.step(to: desk.equityRatio(group: 0)) ?? .zero, .zero)
    let alive = desk.account.accounts[0].isAlive
    isRuined = isAlive & !alive
    isAlive = isAlive & alive
    isOver = place.tile.step == place.tile.description.clock.steps - 1
    look(place)
  }

  private func look(_ place: Workplace) {
    place.panel.show { view, desks in place.seat.observations.look(view, desks[0]) }
  }

  private func make(_ market: Int) -> Workplace {
    let planned = markets[market]
    let agent = PilotedAgent(plan.observations, plan.actions, plan.mandate, assets: assets)
    let desk = Desk(index: 0, agentName: "learner", agent: agent, riskName: "", rules: plan.rules.values)
    let panel = PanelTile([desk], market: planned.market.description, terms: planned.terms, groups: 1)
    guard let seat = panel.desks[0].seat as? PilotedSeat else {
      preconditionFailure("Invariant: a piloted agent sits in a piloted seat")
    }
    return Workplace(tile: planned.market.makeTile(groups: 1), panel: panel, seat: seat)
  }
}
