import Documents
import Markets
import Trading

/// Never trades: what doing nothing would have been.
package struct Flat: Agent {
  /// The agent that never trades.
  package init() {}

  static let form = Form<Flat>(make: Flat.init)

  package func lookBack(_ market: MarketDescription) -> Int { 0 }

  package func makeSeat(_ market: MarketDescription, groups: Int) -> any Seat { FlatSeat() }

  private final class FlatSeat: Seat {
    func reset() {}
    func observe(_ tile: MarketTile) {}

    func decide(_ tile: MarketTile, _ account: AccountTile, _ decisions: inout ContiguousArray<Decision>) {
      for index in decisions.indices { decisions[index] = .hold }
    }
  }
}
