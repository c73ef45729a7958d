import Lanes
import Trading

/// Something that a trained agent sees at a close: numbers of the market, the same for all who look, or of its own account.
///
/// A new observation is one file with one type that conforms to this, and one line in `Observations.catalogue`. It is made
/// from what `MarketView` and `AccountView` show: the scenario's name, its severity, when events come and what was drawn
/// cannot be named from there.
package protocol Observation: Sendable {
  /// The steps before t = 0 that it needs to have seen.
  func lookBack(_ market: MarketTerms) -> Int
  /// Names of its numbers, in their order.
  ///
  /// - Parameter assets: the assets that the agent trades, by the names that the agent has for them.
  func names(_ assets: [String]) -> [String]
  /// Why a market cannot feed it; nil where it can.
  ///
  /// - Parameter assets: places of the agent's assets in the market.
  func complaint(_ market: MarketTerms, assets: [Int]) -> String?
  /// Its state for one tile, confined to one worker.
  func makeState(_ site: ObservationSite) -> any ObservationState
}

extension Observation {
  /// Needs no step before t = 0.
  package func lookBack(_ market: MarketTerms) -> Int { 0 }
  /// Every market can feed it.
  package func complaint(_ market: MarketTerms, assets: [Int]) -> String? { nil }
}

/// Where an observation is to be made.
package struct ObservationSite {
  /// The desk's place; estimates that others want too are shared there.
  package let desk: DeskSite
  /// Places of the agent's assets in the market, in the agent's order.
  package let assets: [Int]
}

/// The state of an observation on one tile of paths.
package protocol ObservationState: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed, warm-up included.
  func observe(_ market: MarketView)
  /// Writes its numbers at the close of the market's step, all of them finite.
  ///
  /// - Parameters:
  ///   - values: [group · stride + index].
  ///   - first: index of the first of its numbers.
  func write(
    _ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int)
}

extension ObservationState {
  /// Has nothing to forget.
  package func reset() {}
  /// Remembers nothing of it.
  package func observe(_ market: MarketView) {}
}
