import Documents
import Markets
import Trading

/// Never trades: what doing nothing would have been.
package struct Flat: Agent {
  /// The agent that never trades.
  package init() {}

  static let form = Form<Flat>(make: Flat.init)

  package func makeSeat(_ site: DeskSite) -> any Seat { FlatSeat() }

  private final class FlatSeat: Seat {
    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      for index in decisions.indices { decisions[index] = .hold }
    }
  }
}
