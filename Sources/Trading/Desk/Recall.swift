import Lanes
import Markets

/// Recalls of what was lent to short sellers: a share of a short position is bought back by force at a step's open, without
/// participation cap; all that it costs is booked as a forced sale's.
///
/// Nothing is bought of an asset that is halted, or whose price stands at a limit, at that open: the recall stays open until a
/// step begins in which it trades. Orders that are on their way stay there.
enum Recall {
  /// Buys back what is recalled in a step, or has been before, in some groups.
  @inline(never)
  static func buyBack(_ state: inout DeskState, _ market: MarketStep, _ groups: Range<Int>) {
    for group in groups where state.isAlive[group] && (market.venue.isHindered || state.recalls.isAny(group: group)) {
      var hasBought = false
      var isOpen = false
      for asset in 0..<state.assets {
        let index = asset * state.groups + group
        let kept = market.venue.effects.assets[index].keptShorts * state.recalls.kept[index]
        let short = state.account.borrowed(asset: asset, group: group)
        let waits = market.canHalt ? market.interiors[index].haltedAtOpen & (short .> 0) : .none
        state.recalls.kept[index] = select(waits, kept, .one)
        isOpen = isOpen || (waits & (kept .< 1)).isAny
        let bought = select(state.account.accounts[group].isAlive & !waits, short * (1 - kept), .zero)
        guard (bought .!= 0).isAny else { continue }
        let open = market.bars[index].open
        state.execute(.market(bought, decidedAt: open, for: .recall), at: open, market, asset: asset, group: group)
        hasBought = true
      }
      state.recalls.isAny(isOpen, group: group)
      guard hasBought else { continue }
      state.protect(group..<group + 1)
      state.isOpen[group] = state.account.isOpen(group: group)
    }
  }
}

/// Recalls that wait for trading to go on.
struct OpenRecalls {
  /// `[asset * groups + group]`: the share of a short position that they leave; 1 where there is none.
  let kept: Records<Lanes>
  /// `[group]`: whether there is any.
  private let areThere: Records<Bool>

  /// None.
  init(assets: Int, groups: Int) {
    kept = Records(repeating: .one, count: assets * groups)
    areThere = Records(repeating: false, count: groups)
  }

  func reset() {
    kept.fill(.one)
    areThere.fill(false)
  }

  /// Whether a group has any.
  func isAny(group: Int) -> Bool { areThere[group] }

  /// Says whether a group has any.
  func isAny(_ isAny: Bool, group: Int) { areThere[group] = isAny }
}
