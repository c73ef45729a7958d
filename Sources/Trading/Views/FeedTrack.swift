import Lanes
import Markets

/// What the venue's feed shows at a close.
struct Feed {
  /// `[asset * groups + group]`: the step's bars, or where it is frozen a bar at the last close that was shown.
  let bars: ContiguousArray<AssetStep>
  /// `[group]`: where it is frozen; empty where nowhere.
  let frozen: ContiguousArray<Mask>
  /// `[group]`: where the venue says so; empty where nowhere.
  let flagged: ContiguousArray<Mask>
}

/// Follows the venue's feed, which an outage freezes: nothing moves in it and nothing is traded, at the spread and depth that
/// were seen last.
struct FeedTrack {
  private let mayFreeze: Bool
  private var shown: ContiguousArray<AssetStep> = []

  init(_ market: MarketDescription) { mayFreeze = market.venueReach.freezesFeed }

  /// Forgets what was shown.
  mutating func reset() { shown = [] }

  /// The feed at the close of the step that a tile has just made.
  mutating func follow(_ tile: MarketTile) -> Feed {
    guard mayFreeze else { return Feed(bars: tile.bars, frozen: [], flagged: []) }
    let effects = tile.venueEffects
    guard effects.isActive, effects.groups.contains(where: \.freezesFeed.isAny) else {
      shown = tile.bars
      return Feed(bars: shown, frozen: [], flagged: [])
    }
    var bars = tile.bars
    for index in bars.indices {
      let isFrozen = effects.groups[index % tile.groups].freezesFeed
      guard isFrozen.isAny else { continue }
      let last = shown[index]
      bars[index].open.replace(with: last.close, where: isFrozen)
      bars[index].high.replace(with: last.close, where: isFrozen)
      bars[index].low.replace(with: last.close, where: isFrozen)
      bars[index].close.replace(with: last.close, where: isFrozen)
      bars[index].volume.replace(with: .zero, where: isFrozen)
      bars[index].halfSpread.replace(with: last.halfSpread, where: isFrozen)
      bars[index].depth.replace(with: last.depth, where: isFrozen)
    }
    shown = bars
    return Feed(
      bars: bars, frozen: ContiguousArray(effects.groups.map(\.freezesFeed)),
      flagged: ContiguousArray(effects.groups.map(\.flagsFeed)))
  }
}
