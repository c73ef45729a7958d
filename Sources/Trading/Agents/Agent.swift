/// A trading strategy as an immutable value: it decides target weights for a whole tile of paths at once, from what it
/// may see: bars up to the close of the step, and its own account.
///
/// A new agent is one file with one type that conforms to this, and one line in the agents' catalogue.
package protocol Agent: Sendable {
  /// The steps before t = 0 that the agent needs to have seen; a shorter warm-up is refused.
  func lookBack(_ market: MarketTerms) -> Int
  /// The assets that the agent's document names; a scenario without one of them is refused.
  var assetNames: [String] { get }
  /// What else a market with these assets lacks for the agent; nil where it can take part.
  func complaint(_ market: MarketTerms) -> String?
  /// Files that the agent reads, such as a policy's weights: they count in a run's fingerprint.
  var files: [String] { get }
  /// The gross leverage that it aims for when it is in the market; nil where it has none.
  var targetLeverage: Double? { get }
  /// Whether it works off what its account holds at t = 0 and nothing else: it needs an account that starts with positions.
  var worksOffOpening: Bool { get }
  /// The agent's state for one tile, confined to one worker.
  func makeSeat(_ site: DeskSite) -> any Seat
}

extension Agent {
  /// Needs no step before t = 0.
  package func lookBack(_ market: MarketTerms) -> Int { 0 }
  /// Names none: it trades whatever the scenario has.
  package var assetNames: [String] { [] }
  /// Lacks nothing.
  package func complaint(_ market: MarketTerms) -> String? { nil }
  /// Reads none.
  package var files: [String] { [] }
  /// Aims for none.
  package var targetLeverage: Double? { nil }
  /// Needs none.
  package var worksOffOpening: Bool { false }
}

/// An agent's state for one tile of paths.
package protocol Seat: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed. Called for every step, warm-up included, before any decision at that close.
  func observe(_ market: MarketView)
  /// Decides at the close of the market's step, once for the whole tile.
  ///
  /// - Parameter decisions: one per asset and lane group, at `[asset * groups + group]`; every entry must be written.
  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>)
  /// Whether the agent says how its orders are to be worked; if not, all are market orders.
  var worksOrders: Bool { get }
  /// How the orders for an asset that follow from the last decision are to be worked, for a lane group.
  func terms(asset: Int, group: Int) -> OrderTerms
}

extension Seat {
  /// All its orders are market orders.
  package var worksOrders: Bool { false }
  /// Market orders; not asked where `worksOrders` is false.
  package func terms(asset: Int, group: Int) -> OrderTerms { .market }
  /// Has nothing to forget.
  package func reset() {}
  /// Remembers nothing of it.
  package func observe(_ market: MarketView) {}
}
