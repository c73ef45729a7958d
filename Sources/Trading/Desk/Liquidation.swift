import Lanes

/// The end of a desk: everything is closed at given prices without participation cap, the account is frozen, and all that
/// the sale costs is booked under liquidation.
struct Liquidation {
  let market: MarketStep
  /// The price of each asset at that moment.
  let prices: [Lanes]
  /// The levels of ruin.
  let levels: RuinLevels
  /// Equity at that moment, before the sale.
  let equity: Lanes

  /// Sells out the paths of a group on which `mask` is set.
  @inline(never)
  func sell(_ state: inout DeskState, _ group: Int, where mask: Mask) {
    let cause = levels.cause
    let isLiquidated = mask & (cause .== Double(RuinCause.liquidation.rawValue))
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let wanted = select(mask, -state.account.positions[index].quantity, .zero)
      state.records[group].unfinished += abs(wanted) * state.account.startPrices[asset]
      state.execute(
        .market(wanted, decidedAt: prices[asset], for: .liquidation), at: prices[asset], market, asset: asset,
        group: group, isLiquidated: isLiquidated)
      state.account.positions[index].outstanding.replace(with: .zero, where: mask)
    }
    let cash = state.account.accounts[group].cash
    let step = market.step
    var passages = state.passages[group]
    passages.cause = select(mask, cause, passages.cause)
    PassageTimes.mark(&passages.ruin, step: step, where: mask)
    PassageTimes.mark(&passages.liquidation, step: step, where: mask & (levels.liquidation .>= equity))
    // The sale itself may take equity through the next level.
    let left = min(equity, cash)
    PassageTimes.mark(&passages.equityBelow, step: step, where: mask & (levels.equityBelow .>= left))
    PassageTimes.mark(&passages.zeroEquity, step: step, where: mask & (levels.zeroEquity .>= left))
    state.passages[group] = passages
    state.account.accounts[group].isAlive = state.account.accounts[group].isAlive & !mask
    var record = state.records[group]
    // The path's lowest equity is that at the touch; what the sale takes is booked as its cost.
    record.stepMinimum = select(mask, min(record.stepMinimum, equity), record.stepMinimum)
    record.deficit = select(mask, max(.zero, -cash), record.deficit)
    state.records[group] = record
  }
}
