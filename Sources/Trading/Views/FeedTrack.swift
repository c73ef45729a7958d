import Lanes
import Markets

/// What the venue's feed shows at a close.
struct Feed {
  /// `[asset * groups + group]`: the step's bars, or where it is frozen a bar at the last close that was shown.
  let bars: ContiguousArray<AssetStep>
  /// Likewise: the signals in the assets' drifts; empty where the market shows none.
  let signals: ContiguousArray<Lanes>
  /// `[group]`: where it is frozen; empty where nowhere.
  let frozen: ContiguousArray<Mask>
  /// `[group]`: where the venue says so; empty where nowhere.
  let flagged: ContiguousArray<Mask>
}

/// Follows the venue's feed, which an outage freezes: nothing moves in it and nothing is traded, at the spread and depth that
/// were seen last, what was halted then still is, and signals are those of that close.
struct FeedTrack {
  private let mayFreeze: Bool
  /// `[asset * groups + group]`: what was shown last. Kept by value: to hold on to the tile's bars would have it copy them.
  private var shown: ContiguousArray<Shown>

  /// What stays in a frozen feed.
  private struct Shown {
    var close = Lanes.zero
    var halfSpread = Lanes.zero
    var depth = Lanes.zero
    var halted = Mask.none
    var signal = Lanes.zero
  }

  init(_ market: MarketDescription, groups: Int) {
    mayFreeze = market.venueReach.freezesFeed
    shown = ContiguousArray(repeating: Shown(), count: mayFreeze ? market.assets.count * groups : 0)
  }

  /// The feed at the close of the step that a tile has just made; of new paths first at t = 0, or in the warm-up.
  mutating func follow(_ tile: MarketTile) -> Feed {
    var signals = Self.signals(tile)
    guard mayFreeze else { return Feed(bars: tile.bars, signals: signals, frozen: [], flagged: []) }
    let effects = tile.venueEffects
    guard effects.isActive, effects.groups.contains(where: \.freezesFeed.isAny) else {
      Self.keep(tile.bars, signals, &shown)
      return Feed(bars: tile.bars, signals: signals, frozen: [], flagged: [])
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
      if !signals.isEmpty { signals[index].replace(with: last.signal, where: isFrozen) }
      bars[index].halted = (last.halted & isFrozen) | (bars[index].halted & !isFrozen)
    }
    Self.keep(bars, signals, &shown)
    return Feed(
      bars: bars, signals: signals, frozen: ContiguousArray(effects.groups.map(\.freezesFeed)),
      flagged: ContiguousArray(effects.groups.map(\.flagsFeed)))
  }

  /// What the market shows of its signals at the close; 0 for an asset of which it shows none.
  private static func signals(_ tile: MarketTile) -> ContiguousArray<Lanes> {
    guard tile.description.showsSignals.contains(true) else { return [] }
    var signals: ContiguousArray<Lanes> = []
    for asset in tile.description.assets.indices {
      let shown = tile.shownSignal(of: asset)
      signals += shown.isEmpty ? ContiguousArray(repeating: .zero, count: tile.groups) : shown
    }
    return signals
  }

  private static func keep(
    _ bars: ContiguousArray<AssetStep>, _ signals: ContiguousArray<Lanes>, _ shown: inout ContiguousArray<Shown>
  ) {
    let bars = bars.span
    let signals = signals.span
    var shown = shown.mutableSpan
    for index in shown.indices {
      let bar = bars[index]
      shown[index] = Shown(
        close: bar.close, halfSpread: bar.halfSpread, depth: bar.depth, halted: bar.halted,
        signal: signals.isEmpty ? .zero : signals[index])
    }
  }
}
