import Lanes
import Markets

/// What agents and risk rules may see of the market at a close: bars up to this one, and what they know beforehand.
///
/// The tile that makes the market is not in it, so that nobody can advance it, look inside a step, or ask when an event
/// comes or what was drawn: what an agent must not know it cannot name.
package struct MarketView: Sendable {
  /// What is known of the market before any path is drawn.
  package let terms: MarketTerms
  /// Lane groups in the tile.
  package let groups: Int
  /// The step that has just closed; negative in the warm-up, −1 − `warmupSteps` before it.
  package let step: Int
  /// Its bars, `[asset * groups + group]`.
  package let bars: ContiguousArray<AssetStep>

  /// One over their closes, or over the starting price where it may be negative, likewise: many weights become quantities at a close.
  package let perClose: ContiguousArray<Lanes>

  /// What the market shows of the signal in an asset's drift, `[asset * groups + group]`, 1/year; empty where it shows none
  /// of any, and 0 for an asset of which it shows none.
  package let signals: ContiguousArray<Lanes>

  /// `[group]`: where the venue says that its feed is stale, so that the bars show an old close; empty where nowhere.
  private let stale: ContiguousArray<Mask>

  init(_ tile: MarketTile, _ terms: MarketTerms, _ feed: Feed, perClose: ContiguousArray<Lanes>) {
    self.perClose = perClose
    self.terms = terms
    groups = tile.groups
    step = tile.step
    bars = feed.bars
    stale = feed.flagged
    signals = feed.signals
  }

  /// Whether a step has closed; not at t = 0 of a market without warm-up, where the bars are no more than prices.
  package var hasBars: Bool { step >= -terms.clock.warmupSteps }

  /// Closes at which an order can still be sent that arrives before the horizon, this one included; at least 0.
  package var decisionsLeft: Int { max(0, terms.decisions - (step + 1)) }

  /// Where the venue says that its feed is stale: the bars are those of a market in which nothing moves.
  package func isStale(group: Int) -> Mask { stale.isEmpty ? .none : stale[group] }
}
