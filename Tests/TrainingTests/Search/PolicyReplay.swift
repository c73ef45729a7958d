import Agents
import Glibc
import Learning
import Markets
import Randomness
import Statistics
import Trading
import Training

/// What a policy makes of single paths of a training's only market, lived through one group of eight at a time.
struct PolicyReplay {
  private let file: TrainingFile
  private let agent: PolicyAgent

  init(_ file: TrainingFile, _ policy: Policy) {
    self.file = file
    agent = PolicyAgent(
      folder: "",
      SavedAgent(
        assets: file.assets, stepSeconds: nil, observations: file.plan.observations, actions: file.plan.actions,
        mandate: file.plan.mandate, training: nil, policy: policy))
  }

  /// Final equity over its start, path by path.
  private func ratios(seed: Int, _ namespace: Namespace, paths: Int) throws -> [Double] {
    let markets = try ScenarioEnvironment(file, seed: UInt64(seed), namespace: namespace).markets
    let planned = markets[0]
    let desk = Desk(index: 0, agentName: "", agent: agent, riskName: "", rules: file.plan.rules.values)
    let tile = planned.market.makeTile(groups: 1)
    let panel = PanelTile([desk], market: planned.market.description, terms: planned.terms, groups: 1)
    let clock = planned.market.description.clock
    var ratios: [Double] = []
    for first in stride(from: 0, to: paths, by: 8) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      for _ in 0..<clock.warmupSteps + clock.steps {
        tile.advance()
        panel.advance(tile)
      }
      for lane in 0..<8 {
        ratios.append(panel.desks[0].account.accounts[0].cash[lane] / planned.terms.startEquity)
      }
    }
    return ratios
  }

  func growth(seed: Int, _ namespace: Namespace, paths: Int) throws -> Moments {
    Moments(try ratios(seed: seed, namespace, paths: paths).map { log(max($0, 1e-3)) })
  }

  func returns(seed: Int, _ namespace: Namespace, paths: Int) throws -> [Double] {
    try ratios(seed: seed, namespace, paths: paths).map { $0 - 1 }
  }
}
