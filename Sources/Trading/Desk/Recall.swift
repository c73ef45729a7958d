import Lanes
import Markets

/// Recalls of what was lent to short sellers: a share of a short position is bought back by force at a step's open, without
/// participation cap; all that it costs is booked as a forced sale's.
enum Recall {
  /// Buys back what is recalled in a step, in some groups.
  @inline(never)
  static func buyBack(_ state: inout DeskState, _ market: MarketStep, _ groups: Range<Int>) {
    for group in groups where state.isAlive[group] && state.isOpen[group] {
      var hasBought = false
      for asset in 0..<state.assets {
        let index = asset * state.groups + group
        let recalled = 1 - market.venue.effects.assets[index].keptShorts
        let short = max(.zero, -state.account.positions[index].quantity)
        let bought = select(state.account.accounts[group].isAlive, short * recalled, .zero)
        guard (bought .!= 0).isAny else { continue }
        let open = market.bars[index].open
        state.execute(.market(bought, decidedAt: open, for: .recall), at: open, market, asset: asset, group: group)
        hasBought = true
      }
      guard hasBought else { continue }
      state.protect(group..<group + 1)
      state.isOpen[group] = state.account.isOpen(group: group)
    }
  }
}
