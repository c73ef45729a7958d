import Lanes
import Markets

/// From when on a desk's recovery is watched.
package enum RecoveryClock: Sendable, Hashable {
  /// The start of the named event (index into the market's events).
  case event(Int)
  /// The earliest event to start on the path.
  case earliestEvent
  /// The first close with a drawdown of 5 % or more.
  case drawdown
}

extension RecoveryClock {
  /// When the clock starts on each path of a tile, as far as that is known, in steps from t = 0, `[group]`; empty when
  /// drawdowns start it.
  func starts(_ tile: MarketTile) -> ContiguousArray<Lanes> {
    switch self {
    case .event(let index): tile.eventStart(index)
    case .drawdown: []
    case .earliestEvent: tile.description.events.isEmpty ? [] : tile.earliestEventStart()
    }
  }
}
