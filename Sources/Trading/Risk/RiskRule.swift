import Lanes

/// A rule of the risk overlay, as an immutable value. It bounds the position, and the overlay intersects the bounds of all
/// rules, so that no order of the rules widens anything and the way to flat is always open. It may also place a stop on
/// each position.
///
/// A new rule is one file with one type that conforms to this, and one line in the rules' catalogue.
package protocol RiskRule: Sendable {
  /// The steps before t = 0 that the rule needs to have seen.
  func lookBack(_ market: MarketTerms) -> Int
  /// Files that the rule reads: they count in a run's fingerprint.
  var files: [String] { get }
  /// The rule's state for one tile, confined to one worker.
  func makeState(_ site: DeskSite) -> any RiskRuleState
}

extension RiskRule {
  /// Needs no step before t = 0.
  package func lookBack(_ market: MarketTerms) -> Int { 0 }
  /// Reads none.
  package var files: [String] { [] }
}

/// When a rule places its stops.
package enum StopPlacement: Sendable {
  /// It places none.
  case never
  /// When a fill has changed the position: the stop's price follows from entry and side.
  case atFills
  /// At every close as well: the stop moves with what the rule has seen.
  case atCloses
}

/// A risk rule's state for one tile of paths.
package protocol RiskRuleState: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed, warm-up included, and the account after it.
  func observe(_ market: MarketView, _ account: AccountView)
  /// Hears what the agent itself has decided at the close of the market's step, before any rule bounds it.
  ///
  /// - Parameter decisions: `[asset * groups + group]`.
  func hear(_ decisions: ContiguousArray<Decision>)
  /// Narrows the bounds at the close of the market's step.
  ///
  /// - Parameters:
  ///   - wanted: the weights that the agent wants (its present ones where it doesn't act), `[asset * groups + group]`.
  ///   - bounds: what earlier rules have left; a rule that binds nowhere in a group leaves it alone.
  func bound(
    _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
    _ bounds: inout BoundsTile)
  /// When the rule places stops on positions.
  var stopPlacement: StopPlacement { get }
  /// Places the rule's stops on the positions of some lane groups. Only asked where the rule places stops.
  func placeStops(_ account: AccountView, groups: Range<Int>, _ stops: StopPrices)
  /// Learns that the stop on the position in an asset acted during the market's step.
  func stopped(asset: Int, group: Int, where mask: Mask, step: Int)
}

extension RiskRuleState {
  /// Has nothing to forget.
  package func reset() {}
  /// Remembers nothing of it.
  package func observe(_ market: MarketView, _ account: AccountView) {}
  /// Makes nothing of it.
  package func hear(_ decisions: ContiguousArray<Decision>) {}
  /// Leaves the bounds as they are.
  package func bound(
    _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
    _ bounds: inout BoundsTile
  ) {}
  /// Places no stops.
  package var stopPlacement: StopPlacement { .never }
  /// Places none; not asked where `stopPlacement` is `.never`.
  package func placeStops(_ account: AccountView, groups: Range<Int>, _ stops: StopPrices) {}
  /// Changes nothing for the rule.
  package func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {}
}
