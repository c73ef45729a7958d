import Agents
import Documents
import Lab
import Lanes
import Learning
import Markets
import Randomness
import Trading

/// A market at one severity in which episodes take place.
package struct PlannedEpisode: Sendable {
  /// The market.
  package let market: Market
  /// What its desks start with.
  package let terms: DeskTerms
  /// By what execution is judged; nil where there is nothing to execute.
  let execution: ExecutionTerms?
  /// How likely an episode is to be here; they add up to 1.
  package let probability: Double

  /// A market with the account that a training has there.
  init(_ market: Market, _ plan: TrainingPlan, probability: Double) {
    let book = OpeningBook(owing: plan.orders)
    let description = market.description
    self.market = market
    terms = DeskTerms(
      startEquity: plan.startEquity(in: description) ?? 1,
      opening: book.opening(description.assets, prices: description.initialPrices), ruin: plan.ruin,
      recoveryClock: description.events.isEmpty ? .drawdown : .earliestEvent)
    execution = book.isEmpty ? nil : ExecutionTerms(gross: book.gross(in: description))
    self.probability = probability
  }

  /// What rewards count from.
  var rewardStart: RewardStart {
    RewardStart(openingLeverage: terms.openingWeights(market.description).reduce(0) { $0 + abs($1) })
  }
}

/// The environment of a training: episodes on paths of its scenarios, with the same market, desk, venue and rules as in a
/// stress run.
///
/// Episode n of a group of eight copies is on the paths 8·(n·groups + group) … + 7 of a market that is drawn for it: no path
/// comes twice. Ruin ends an episode for good; the horizon cuts it off.
package struct ScenarioEnvironment: Environment {
  /// Where episodes take place.
  package let markets: [PlannedEpisode]
  private let plan: TrainingPlan
  private let assets: [String]
  package let identity: String
  package let observations: Int
  package let actions: ActionSpace

  /// The environment of a training.
  ///
  /// - Throws: what a scenario says against its market, at its place; nothing where the file was checked.
  package init(_ file: TrainingFile, seed: UInt64, namespace: Namespace = .train) throws(FormViolation) {
    plan = file.plan
    assets = file.assets
    markets = try Self.markets(file, seed: seed, namespace)
    identity = "training \(file.digest)"
    observations = plan.observations.names(assets).count
    actions = plan.actions.space(assets: assets.count, plan.mandate)
  }

  /// The markets of a training's scenarios and severities.
  static func markets(
    _ file: TrainingFile, seed: UInt64, _ namespace: Namespace
  ) throws(FormViolation) -> [PlannedEpisode] {
    let total = file.plan.scenarios.reduce(0) { $0 + $1.weight }
    var markets: [PlannedEpisode] = []
    for (part, scenario) in zip(file.plan.scenarios, file.scenarios) {
      for severity in part.severities {
        let market = try Market(
          scenario: scenario.scenario, severity: severity, seed: seed, namespace: namespace)
        markets.append(
          PlannedEpisode(market, file.plan, probability: part.weight / total / Double(part.severities.count)))
      }
    }
    return markets
  }

  package func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile {
    ScenarioTiles(
      markets, (0..<groups).map { _ in EpisodeTile(markets, plan, assets: assets) },
      episodes: streams.key("environment/episode"), observations: observations, actionSize: actions.size)
  }
}

/// Groups of eight copies of a scenario environment.
private final class ScenarioTiles: EnvironmentTile {
  private let probabilities: [Double]
  private let tiles: [EpisodeTile]
  private let key: StreamKey
  private let observations, actionSize: Int
  /// The number of each group's episode.
  private var episodes: [Int]

  init(
    _ markets: [PlannedEpisode], _ tiles: [EpisodeTile], episodes key: StreamKey, observations: Int, actionSize: Int
  ) {
    probabilities = markets.map(\.probability)
    self.tiles = tiles
    self.key = key
    self.observations = observations
    self.actionSize = actionSize
    episodes = Array(repeating: 0, count: tiles.count)
  }

  func begin(_ observations: inout [Lanes]) {
    for group in tiles.indices {
      begin(0, group)
      show(group, &observations)
    }
  }

  private func begin(_ episode: Int, _ group: Int) {
    episodes[group] = episode
    var stream = SparseStream(key, path: UInt64(group), lastWord: Int32(truncatingIfNeeded: episode))
    var left = stream.uniform()
    var market = 0
    while market < probabilities.count - 1, left >= probabilities[market] {
      left -= probabilities[market]
      market += 1
    }
    tiles[group].begin(market: market, firstPath: UInt64((episode * tiles.count + group) * Lanes.count))
  }

  private func show(_ group: Int, _ observations: inout [Lanes]) {
    let seen = tiles[group].observations
    for index in seen.indices { observations[group * seen.count + index] = seen[index] }
  }

  func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {
    for (group, tile) in tiles.enumerated() {
      tile.advance(Array(actions[group * actionSize..<(group + 1) * actionSize]))
      step.reward[group] = tile.reward
      step.isTerminal[group] = tile.isRuined
      step.isTruncated[group] = tile.isOver ? tile.isAlive : .none
      if tile.isOver {
        show(group, &step.finalObservations)
        begin(episodes[group] + 1, group)
      }
      step.isIdle[group] = !tile.isAlive
      show(group, &step.observations)
    }
  }

  /// For each group the number of its episode, how many steps of it were made, and what was done in them: the market makes the
  /// rest again.
  var state: [Double] {
    tiles.enumerated().flatMap { group, tile in
      [Double(episodes[group]), Double(tile.done.count)]
        + tile.done.flatMap { $0.flatMap { number in (0..<Lanes.count).map { number[$0] } } }
    }
  }

  func restore(_ state: [Double]) throws(UnfitState) {
    var place = 0
    func next() throws(UnfitState) -> Double {
      guard place < state.count else { throw UnfitState() }
      place += 1
      return state[place - 1]
    }
    for group in tiles.indices {
      guard let episode = Int(exactly: try next()), let steps = Int(exactly: try next()),
        episode >= 0, episode < 1 << 40, steps >= 0, steps <= state.count
      else { throw UnfitState() }
      begin(episode, group)
      for _ in 0..<steps {
        guard !tiles[group].isOver else { throw UnfitState() }
        var numbers: [Lanes] = []
        for _ in 0..<actionSize {
          var lanes = Lanes.zero
          for lane in 0..<Lanes.count { lanes[lane] = try next() }
          numbers.append(lanes)
        }
        tiles[group].advance(numbers)
      }
      // The last step of a path begins the next episode.
      guard !tiles[group].isOver else { throw UnfitState() }
    }
    guard place == state.count else { throw UnfitState() }
  }
}

extension TrainingPlan {
  /// Starting equity in a market, in quote currency: as the document says, or what the orders are worth, or without any as in a
  /// study; nil where no desk may start with that.
  func startEquity(in market: MarketDescription) -> Double? {
    equity ?? OpeningBook(owing: orders).equityToExecute(in: market)
  }
}
