import Lanes
import Markets

/// Bounds on the position in one asset, as weights q·X/E; eight paths at a time. Flat is always allowed.
@frozen
package struct PositionBounds: Sendable {
  /// The smallest weight allowed; at most 0.
  package var lower: Lanes
  /// The largest weight allowed; at least 0.
  package var upper: Lanes

  /// No bound at all.
  @inlinable @inline(__always)
  package static var unbounded: PositionBounds { PositionBounds(lower: -Lanes.infinity, upper: Lanes.infinity) }

  /// Bounds from a lower and an upper weight.
  @inlinable @inline(__always)
  package init(lower: Lanes, upper: Lanes) {
    self.lower = lower
    self.upper = upper
  }

  /// Narrows to weights between flat and `weight`.
  @inlinable @inline(__always)
  package mutating func narrow(to weight: Lanes) {
    lower = max(lower, min(weight, .zero))
    upper = min(upper, max(weight, .zero))
  }

  /// Allows nothing but flat where `mask` is set.
  @inlinable @inline(__always)
  package mutating func close(where mask: Mask) {
    lower.replace(with: .zero, where: mask)
    upper.replace(with: .zero, where: mask)
  }
}

/// A rule of the risk overlay, as an immutable value. It never sends orders: it bounds the position, and the overlay
/// intersects the bounds of all rules, so that no order of the rules widens anything and the way to flat is always open.
///
/// A new rule is one file with one type that conforms to this, and one line in the rules' catalogue.
package protocol RiskRule: Sendable {
  /// The steps before t = 0 that the rule needs to have seen.
  func lookBack(_ market: MarketDescription) -> Int
  /// How far from the entry price a resting stop order stands, as a fraction of it; nil when the rule places none.
  var stopDistance: Double? { get }
  /// The rule's state for one tile, confined to one worker.
  func makeState(_ market: MarketDescription, groups: Int) -> any RiskRuleState
}

extension RiskRule {
  package func lookBack(_ market: MarketDescription) -> Int { 0 }
  package var stopDistance: Double? { nil }
}

/// A risk rule's state for one tile of paths.
package protocol RiskRuleState: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed, warm-up included.
  func observe(_ tile: MarketTile)
  /// Narrows the bounds at the close of the tile's step.
  ///
  /// - Parameters:
  ///   - wanted: the weights that the agent wants (its present ones where it doesn't act), `[asset * groups + group]`.
  ///   - bounds: likewise; what earlier rules have left.
  func bound(
    _ wanted: ContiguousArray<Lanes>, _ account: AccountTile, _ tile: MarketTile,
    _ bounds: inout ContiguousArray<PositionBounds>)
  /// Learns that a resting stop closed the position in an asset during the tile's step.
  func stopped(asset: Int, group: Int, where mask: Mask, step: Int)
}

extension RiskRuleState {
  package func observe(_ tile: MarketTile) {}
  package func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {}
}
