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

  /// One over their closes, likewise: many weights become quantities at a close.
  package let perClose: ContiguousArray<Lanes>

  init(_ tile: MarketTile, _ terms: MarketTerms, perClose: ContiguousArray<Lanes>) {
    self.perClose = perClose
    self.terms = terms
    groups = tile.groups
    step = tile.step
    bars = tile.bars
  }
}
