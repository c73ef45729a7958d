import Lanes
import Learning
import Trading

/// An agent whose actions come from outside, such as from a network that is still learning: it shows what a trained agent
/// would see, and does what that would do with the same numbers.
package struct PilotedAgent: Agent {
  /// What it sees, decides and may do.
  package let observations: ObservationSet
  /// What the numbers mean.
  package let actions: PolicyActions
  /// How far it may go.
  package let mandate: Mandate
  /// The market's assets that it trades.
  package let assetNames: [String]

  /// An agent to be piloted.
  package init(
    _ observations: ObservationSet, _ actions: PolicyActions, _ mandate: Mandate, assets: [String]
  ) {
    self.observations = observations
    self.actions = actions
    self.mandate = mandate
    assetNames = assets
  }

  package func lookBack(_ market: MarketTerms) -> Int { observations.lookBack(market) }
  package var worksOffOpening: Bool { actions.worksOffOpening }

  package func makeSeat(_ site: DeskSite) -> any Seat { PilotedSeat(self, site) }
}

/// The seat of a piloted agent on one tile.
package final class PilotedSeat: Seat {
  /// What is seen at the last close, and how.
  package let observations: ObservationTile
  /// What is to be done at it, [group · size + index]; set before the desk decides.
  package var numbers: [Lanes]
  private var translation: ActionTranslation

  init(_ agent: PilotedAgent, _ site: DeskSite) {
    let places = agent.assetNames.map { site.market.assets.firstIndex(of: $0) ?? 0 }
    observations = agent.observations.makeTile(
      site, assets: zip(agent.assetNames, places).map { (name: $0, place: $1) })
    translation = ActionTranslation(agent.actions, agent.mandate, assets: places)
    let size = agent.actions.space(assets: places.count, agent.mandate).size
    numbers = Array(repeating: .zero, count: site.groups * size)
  }

  package func reset() { observations.reset() }

  package func observe(_ market: MarketView) { observations.observe(market) }

  package func decide(
    _ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>
  ) {
    translation.decide(numbers, market, account, &decisions)
  }
}
