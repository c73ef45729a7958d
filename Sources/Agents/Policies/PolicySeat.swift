import Lanes
import Learning
import Trading

/// The seat of a trained agent on one tile.
package final class PolicySeat: Seat {
  /// What it saw at the close at which it last decided.
  package let observations: ObservationTile
  /// What its network said then, [group · size + index].
  package private(set) var numbers: [Lanes]
  /// The step at whose close it last decided, of the paths at hand; nil before.
  package private(set) var step: Int?
  private let evaluator: PolicyEvaluator
  private var translation: ActionTranslation

  init(_ agent: PolicyAgent, _ site: DeskSite) {
    let places = agent.assetNames.map { site.market.assets.firstIndex(of: $0) ?? 0 }
    let saved = agent.saved
    observations = saved.observations.makeTile(
      site, assets: zip(saved.assets, places).map { (name: $0, place: $1) })
    evaluator = PolicyEvaluator(saved.policy)
    translation = ActionTranslation(saved.actions, saved.mandate, assets: places)
    numbers = Array(repeating: .zero, count: site.groups * saved.policy.architecture.actions.size)
  }

  /// Gross target weight of a group at the close at which it last decided, a multiple of equity.
  package func grossTarget(group: Int) -> Lanes {
    translation.setWeights(numbers, group)
    return translation.weights.reduce(.zero) { $0 + abs($1) }
  }

  package func reset() {
    observations.reset()
    step = nil
  }

  package func observe(_ market: MarketView) { observations.observe(market) }

  package func decide(
    _ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>
  ) {
    observations.look(market, account)
    evaluator.act(observations.values, into: &numbers)
    translation.decide(numbers, account, &decisions)
    step = market.step
  }
}
