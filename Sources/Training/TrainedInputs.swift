import Agents
import Documents
import Lanes
import Learning
import Markets
import Trading

/// What an agent has seen in its training: the lowest and the highest number of each input at the closes at which the
/// chosen policy decides, on the first paths of each of the markets that it has learned on.
struct TrainedInputs {
  private let file: TrainingFile
  private let markets: [PlannedEpisode]

  /// Paths of each market.
  private static let paths = 512
  /// Lane groups that are lived through at once.
  private static let groups = 16

  /// - Throws: what a scenario says against its market; nothing where the file was checked.
  init(_ file: TrainingFile, seed: UInt64) throws(FormViolation) {
    self.file = file
    markets = try ScenarioEnvironment.markets(file, seed: seed, .train)
  }

  /// As it stands in `agent.json`.
  func record(of policy: Policy) -> JSONValue {
    let plan = file.plan
    let saved = SavedAgent(
      assets: file.assets, stepSeconds: nil, observations: plan.observations, actions: plan.actions,
      mandate: plan.mandate, training: nil, policy: policy)
    let agent = PolicyAgent(folder: "", saved)
    let names = plan.observations.names(file.assets)
    var low = Array(repeating: Lanes.infinity, count: names.count)
    var high = Array(repeating: -Lanes.infinity, count: names.count)
    for planned in markets { see(agent, planned, &low, &high) }
    let ends = zip(low, high).map { low, high in
      let lanes = 0..<Lanes.count
      let lowest = lanes.map { low[$0] }.min() ?? 0, highest = lanes.map { high[$0] }.max() ?? 0
      // Where no close was decided at nothing was seen.
      return lowest <= highest ? TrainedRanges.Ends(low: lowest, high: highest) : TrainedRanges.Ends(low: 0, high: 0)
    }
    return TrainedRanges.record(names, ends, paths: Self.paths)
  }

  private func see(_ agent: PolicyAgent, _ planned: PlannedEpisode, _ low: inout [Lanes], _ high: inout [Lanes]) {
    let desk = Desk(index: 0, agentName: "learner", agent: agent, riskName: "", rules: file.plan.rules.values)
    let description = planned.market.description
    let tile = planned.market.makeTile(groups: Self.groups)
    let panel = PanelTile([desk], market: description, terms: planned.terms, groups: Self.groups)
    guard let seat = panel.desks[0].seat as? PolicySeat else { return }
    for first in stride(from: 0, to: Self.paths, by: Self.groups * Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      look(seat, panel.desks[0].account, &low, &high)
      for _ in 0..<description.clock.warmupSteps + description.clock.steps {
        tile.advance()
        panel.advance(tile)
        if seat.step == tile.step { look(seat, panel.desks[0].account, &low, &high) }
      }
    }
  }

  /// Takes up what the seat has just seen, on paths on which the desk may trade.
  private func look(_ seat: PolicySeat, _ account: AccountView, _ low: inout [Lanes], _ high: inout [Lanes]) {
    guard seat.step != nil else { return }
    let count = low.count
    for group in 0..<Self.groups {
      let isAsked = account.accounts[group].perEquity .!= 0
      guard isAsked.isAny else { continue }
      for index in 0..<count {
        let seen = seat.observations.values[group * count + index]
        low[index].replace(with: min(low[index], seen), where: isAsked)
        high[index].replace(with: max(high[index], seen), where: isAsked)
      }
    }
  }
}
