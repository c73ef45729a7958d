import Lanes
import Trading

/// Asks at the closes of the first steps for a weight each, by an order of some terms.
struct Asking: Agent {
  /// By step, from 0.
  let asks: [(weight: Double, terms: OrderTerms)]

  func makeSeat(_ site: DeskSite) -> any Seat { AskingSeat(self) }
}

private final class AskingSeat: Seat {
  let agent: Asking
  var ask: (weight: Double, terms: OrderTerms) = (0, .market)

  init(_ agent: Asking) { self.agent = agent }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    let acts = agent.asks.indices.contains(market.step)
    if acts { ask = agent.asks[market.step] }
    for index in decisions.indices {
      decisions[index] = Decision(weight: Lanes(ask.weight), acts: Mask(acts))
    }
  }

  var worksOrders: Bool { true }
  func terms(asset: Int, group: Int) -> OrderTerms { ask.terms }
}
