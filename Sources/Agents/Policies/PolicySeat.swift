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
  private let largest: Double
  private let worksOffOpening: Bool
  private var translation: ActionTranslation

  init(_ agent: PolicyAgent, _ site: DeskSite) {
    let places = agent.assetNames.map { site.market.assets.firstIndex(of: $0) ?? 0 }
    let saved = agent.saved
    observations = saved.observations.makeTile(
      site, assets: zip(saved.assets, places).map { (name: $0, place: $1) })
    evaluator = PolicyEvaluator(saved.policy)
    largest = saved.actions.largest(saved.mandate)
    worksOffOpening = saved.actions.worksOffOpening
    translation = ActionTranslation(saved.actions, saved.mandate, assets: places)
    numbers = Array(repeating: .zero, count: site.groups * saved.policy.architecture.actions.size)
  }

  /// Where a group wanted all that it may at the close at which it last decided: the whole leverage, or the largest pace of
  /// each asset.
  package func isSaturated(group: Int) -> Mask {
    translation.setTargets(numbers, group)
    // A sum of weights that were scaled down to the leverage is that but for rounding.
    let full = largest * (1 - 1e-9)
    guard worksOffOpening else { return translation.targets.reduce(.zero) { $0 + abs($1) } .>= full }
    return translation.targets.reduce(.all) { $0 & ($1 .>= full) }
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
    translation.decide(numbers, market, account, &decisions)
    step = market.step
  }
}
