import Lanes
import Markets

/// A desk facing one tile of paths: its agent's seat, its risk overlay, its books and its place at the venue.
///
/// Confined to one worker. Give it every step of the market tile in turn, warm-up included; after the last step its
/// outcomes stand ready.
package final class DeskTile {
  /// The desk.
  package let desk: Desk
  private let market: MarketDescription
  private let seat: any Seat
  private var books: DeskBooks

  /// A desk's state for tiles of `groups` lane groups.
  package init(desk: Desk, market: MarketDescription, terms: DeskTerms, groups: Int) {
    self.desk = desk
    self.market = market
    seat = desk.agent.makeSeat(market, groups: groups)
    books = DeskBooks(desk: desk, market: market, terms: terms, groups: groups)
  }

  /// Starts anew; `tile` has just been reset to other paths.
  package func reset(_ tile: MarketTile) {
    seat.reset()
    books.reset(tile)
    if market.clock.warmupSteps == 0 { books.decide(tile, seat) }
  }

  /// Lives through the step that `tile` has just generated.
  package func advance(_ tile: MarketTile) {
    if tile.step >= 0 { books.trade(tile) }
    seat.observe(tile)
    books.observe(tile)
    if tile.step == market.clock.steps - 1 {
      books.closeOut(tile)
    } else if tile.step >= -1 {
      books.decide(tile, seat)
    }
  }

  /// Equity over starting equity at the last close, eight paths of a lane group; frozen after ruin.
  @inline(__always)
  package func equityRatio(group: Int) -> Lanes {
    // Straight to the number: a method of the books would copy all of them.
    books.account.accounts[group].equity * (1 / books.terms.startEquity)
  }

  /// The account as agents and rules see it.
  package var account: AccountTile { books.account }

  /// Which fills happened in the last step on one path of the tile; only for replaying a single path.
  package func fills(path: Int) -> [Fill] { books.fills(path: path) }

  /// Asks for a record of fills, which costs time: for replaying a single path.
  package func recordFills() { books.recordsFills = true }

  /// The outcome on one path of the tile, 0 ..< 8 · groups, after the last step.
  package func outcome(path: Int, number: Int64) -> OutcomeRow { books.outcome(path: path, number: number) }
}
