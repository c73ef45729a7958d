import Markets

/// A trading strategy as an immutable value: it decides target weights for a whole tile of paths at once, from what it
/// may see: bars up to the close of the step, and its own account.
///
/// A new agent is one file with one type that conforms to this, and one line in the agents' catalogue.
package protocol Agent: Sendable {
  /// The steps before t = 0 that the agent needs to have seen; a shorter warm-up is refused.
  func lookBack(_ market: MarketDescription) -> Int
  /// The assets that the agent's document names; a scenario without one of them is refused.
  var assetNames: [String] { get }
  /// The agent's state for one tile, confined to one worker.
  func makeSeat(_ market: MarketDescription, groups: Int) -> any Seat
}

extension Agent {
  package var assetNames: [String] { [] }
}

/// An agent's state for one tile of paths.
package protocol Seat: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed. Called for every step, warm-up included, before any decision at that close.
  func observe(_ tile: MarketTile)
  /// Decides at the close of the tile's step, once for the whole tile.
  ///
  /// - Parameter decisions: one per asset and lane group, at `[asset * groups + group]`; every entry must be written.
  func decide(_ tile: MarketTile, _ account: AccountTile, _ decisions: inout ContiguousArray<Decision>)
}
