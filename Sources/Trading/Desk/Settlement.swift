import Lanes

/// What a step's close decides for a desk: marks, financing, ruin at a close, drawdown, recovery; and at the horizon the
/// close-out.
struct Settlement {
  let market: MarketStep
  let watch: RuinWatch
  /// `[group]`: start of the event that starts the recovery clock, in steps; empty when drawdowns start it.
  let clockStart: ContiguousArray<Lanes>

  /// Settles a group at the step's close.
  @inline(__always)
  func settle(_ state: inout DeskState, _ group: Int) {
    let step = market.step
    var account = state.account.accounts[group]
    let financing = state.venue.terms.financingPerStep
    let borrowed = max(.zero, -account.cash)
    if financing > 0 && (borrowed .> 0).isAny {
      let interest = select(account.isAlive, borrowed * financing, .zero)
      account.cash = account.cash - interest
      state.ledgers[group].book(interest, as: .financing, inEventWindow: market.inEventWindow[group])
    }
    var equity = account.cash
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let close = market.bars[index].close
      state.account.positions[index].mark = close
      equity = fma(state.account.positions[index].quantity, close, equity)
    }
    state.account.accounts[group] = account
    let fails = account.isAlive & (equity .<= Lanes(max(watch.ruinEquity, 0)))
    if fails.isAny {
      equity = ruinAtClose(&state, group, where: fails, equity: equity)
      account = state.account.accounts[group]
    }
    account.equity = equity
    var record = state.records[group]
    let low = min(record.stepMinimum, equity)
    let watched = watch.watchesWithinStep ? low : equity
    record.minimum = min(record.minimum, watched)
    let wasAlive = account.isAlive | (state.passages[group].ruin .== Double(step))
    PassageTimes.mark(&state.passages[group].drawdown20, step: step, where: wasAlive & (low .<= account.peak * 0.8))
    PassageTimes.mark(&state.passages[group].drawdown30, step: step, where: wasAlive & (low .<= account.peak * 0.7))
    let isUnder = equity .< account.peak
    account.peak = max(account.peak, equity)
    record.maximumDrawdown = max(record.maximumDrawdown, (account.peak - equity) / account.peak)
    record.spellUnderWater = select(isUnder, record.spellUnderWater + 1.0, .zero)
    record.longestUnderWater = max(
      record.longestUnderWater, select(wasAlive, record.spellUnderWater, record.longestUnderWater))
    state.recovery[group].close(
      step: step, equity: equity, peak: account.peak, eventStart: clockStart.isEmpty ? nil : clockStart[group],
      watched: account.isAlive)
    state.account.accounts[group] = account
    state.records[group] = record
  }

  /// Ends the desk on the paths of a group that are ruined at the close; returns the equity that is left.
  @inline(never)
  private func ruinAtClose(_ state: inout DeskState, _ group: Int, where fails: Mask, equity: Lanes) -> Lanes {
    let prices = (0..<state.assets).map { market.bars[$0 * state.groups + group].close }
    let levels = RuinLevels(
      liquidation: -Lanes.infinity, equityBelow: Lanes(watch.ruinEquity), zeroEquity: .zero)
    Liquidation(market: market, prices: prices, levels: levels, equity: equity).sell(&state, group, where: fails)
    state.isOpen[group] = state.account.isOpen(group: group)
    return select(fails, state.account.accounts[group].cash, equity)
  }

  /// Closes what is open at the horizon, at the last mid, without participation cap.
  func closeOut(_ state: inout DeskState, _ group: Int) {
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let close = market.bars[index].close
      let wanted = select(
        state.account.accounts[group].isAlive, -state.account.positions[index].quantity, .zero)
      state.execute(
        .market(wanted, decidedAt: close, for: .closeOut), at: close, market, asset: asset, group: group)
    }
    let cash = state.account.accounts[group].cash
    state.finalEquity[group] = cash
    state.records[group].deficit = max(state.records[group].deficit, max(.zero, -cash))
  }
}
