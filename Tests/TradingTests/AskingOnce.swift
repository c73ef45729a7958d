import Lanes
import Trading

/// Asks once, at t = 0, for a weight by an order of some terms.
struct AskingOnce: Agent {
  let weight: Double
  let terms: OrderTerms

  func makeSeat(_ site: DeskSite) -> any Seat { AskingSeat(self) }
}

private final class AskingSeat: Seat {
  let agent: AskingOnce

  init(_ agent: AskingOnce) { self.agent = agent }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    let acts = Mask(market.step == 0)
    for index in decisions.indices {
      decisions[index] = Decision(weight: Lanes(agent.weight), acts: acts)
    }
  }

  var worksOrders: Bool { true }
  func terms(asset: Int, group: Int) -> OrderTerms { agent.terms }
}
