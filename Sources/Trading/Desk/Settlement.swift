import Lanes

/// What a step's close decides for a desk: marks, financing, ruin at a close, drawdown, recovery.
///
/// At the horizon everything is closed through the venue, and that belongs to the path: its equity at the last close is what
/// is left of it, for ruin, minimum, drawdown, recovery and the fans alike.
enum Settlement {
  /// Settles a group at the step's close.
  ///
  /// - Parameter clockStart: `[group]`: start of the event that starts the recovery clock, in steps; empty when drawdowns
  ///   start it.
  /// - Parameter isHorizon: whether the step is the last.
  @inline(__always)
  static func settle(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch,
    clockStart: ContiguousArray<Lanes>, isHorizon: Bool
  ) {
    let step = market.step
    var account = state.account.accounts[group]
    let financing = state.venue.terms.financingPerStep
    let borrowed = max(.zero, -account.cash)
    if financing > 0 && (borrowed .> 0).isAny {
      let interest = select(account.isAlive, borrowed * financing, .zero)
      account.cash = account.cash - interest
      state.ledgers[group].book(interest, as: .financing, inEventWindow: market.inEventWindow[group])
    }
    if state.venue.terms.hasCarry || market.venue.effects.chargesShorts {
      let carry = select(account.isAlive, carry(state, group, market), .zero)
      account.cash = account.cash - carry
      state.ledgers[group].book(carry, as: .financing, inEventWindow: market.inEventWindow[group])
    }
    var equity = account.cash
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let close = market.bars[index].close
      state.account.positions[index].mark = close
      equity = fma(state.account.positions[index].quantity, close, equity)
    }
    state.account.accounts[group] = account
    var fails = account.isAlive & (equity .<= Lanes(max(watch.ruinEquity, 0)))
    if market.canHalt, !isHorizon, fails.isAny {
      // Nothing is sold before trading goes on.
      for asset in 0..<state.assets {
        let index = asset * state.groups + group
        fails = fails & !((state.account.positions[index].quantity .!= 0) & market.bars[index].halted)
      }
    }
    // What a path has at the moment of its ruin, before the forced sale, is the lowest equity that counts.
    var touched = equity
    if fails.isAny {
      equity = ruinAtClose(&state, group, market, watch, where: fails, equity: equity)
      account = state.account.accounts[group]
    }
    if !account.isAlive.isAll {
      let isRuined = !account.isAlive & !fails & (state.passages[group].ruin .== Double(step))
      touched = select(isRuined, state.records[group].stepMinimum, touched)
    }
    let wasSpared = account.isAlive
    if isHorizon {
      equity = closeOut(&state, group, market, watch)
      account = state.account.accounts[group]
      touched = select(wasSpared, min(touched, equity), touched)
    }
    account.close(at: equity)
    var record = state.records[group]
    // Where the desk is ruined in this step, equity is what the forced sale has left: no part of the path.
    let low = min(record.stepMinimum, touched)
    let reached = watch.watchesWithinStep ? low : touched
    var wasAlive = account.isAlive
    if !wasAlive.isAll { wasAlive = wasAlive | (state.passages[group].ruin .== Double(step)) }
    record.minimum = select(wasAlive, min(record.minimum, reached), record.minimum)
    let isDeep = wasAlive & (low .<= account.peak * 0.8)
    if isDeep.isAny {
      PassageTimes.mark(&state.passages[group].drawdown20, step: step, where: isDeep)
      PassageTimes.mark(&state.passages[group].drawdown30, step: step, where: isDeep & (low .<= account.peak * 0.7))
    }
    let isUnder = equity .< account.peak
    account.peak = max(account.peak, equity)
    let fall = account.peak - equity
    if (fall .> record.maximumDrawdown * account.peak).isAny {
      record.maximumDrawdown = max(record.maximumDrawdown, fall / account.peak)
    }
    // After ruin the spell stands still; what is left of the time to the horizon comes to it in the outcome.
    record.spellUnderWater = select(
      wasAlive, select(isUnder, record.spellUnderWater + 1.0, .zero), record.spellUnderWater)
    record.longestUnderWater = max(record.longestUnderWater, record.spellUnderWater)
    state.recovery[group].close(
      step: step, equity: equity, peak: account.peak, eventStart: clockStart.isEmpty ? nil : clockStart[group],
      watched: account.isAlive)
    state.account.accounts[group] = account
    state.records[group] = record
  }

  /// What the positions of a group pay in the step, at its close: funding, and the fees on what is borrowed.
  @inline(never)
  private static func carry(_ state: DeskState, _ group: Int, _ market: MarketStep) -> Lanes {
    let terms = state.venue.terms
    var carry = Lanes.zero
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let close = market.bars[index].close
      let unit = market.reference(asset).map { Lanes($0) } ?? close
      let value = state.account.positions[index].quantity * unit
      let fee = market.venue.effects.assets[index].annualBorrowFee * terms.yearsPerStep + terms.borrowFeePerStep
      carry += value * terms.fundingPerStep + state.account.borrowed(asset: asset, group: group) * unit * fee
    }
    return carry
  }

  /// Ends the desk on the paths of a group that are ruined at the close; returns the equity that is left.
  @inline(never)
  private static func ruinAtClose(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch, where fails: Mask, equity: Lanes
  ) -> Lanes {
    let prices = (0..<state.assets).map { market.bars[$0 * state.groups + group].close }
    let levels = RuinLevels(
      liquidation: -Lanes.infinity, equityBelow: Lanes(watch.ruinEquity), zeroEquity: .zero)
    Liquidation(market: market, prices: prices, levels: levels, equity: equity).sell(&state, group, where: fails)
    state.isOpen[group] = state.account.isOpen(group: group)
    return select(fails, state.account.accounts[group].cash, equity)
  }

  /// Closes what is open at the horizon, at the last mid, without participation cap, on paths that are not ruined; returns
  /// the equity that is left.
  ///
  /// What closing out costs can ruin a path: by the study's level or by 0, whichever is higher. The venue calls no margin
  /// then: nothing is held any more.
  @inline(never)
  private static func closeOut(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch
  ) -> Lanes {
    let isHeld = state.account.accounts[group].isAlive
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let close = market.bars[index].close
      let wanted = select(isHeld, -state.account.positions[index].quantity, .zero)
      state.records[group].unfinished += abs(wanted) * state.account.startPrices[asset]
      state.execute(
        .market(wanted, decidedAt: close, for: .closeOut), at: close, market, asset: asset, group: group)
    }
    let cash = state.account.accounts[group].cash
    let levels = RuinLevels(
      liquidation: -Lanes.infinity, equityBelow: Lanes(watch.ruinEquity), zeroEquity: .zero)
    let isRuined = isHeld & (cash .<= levels.first)
    if isRuined.isAny {
      var passages = state.passages[group]
      passages.cause = select(isRuined, levels.cause, passages.cause)
      PassageTimes.mark(&passages.ruin, step: market.step, where: isRuined)
      PassageTimes.mark(&passages.equityBelow, step: market.step, where: isRuined & (levels.equityBelow .>= cash))
      PassageTimes.mark(&passages.zeroEquity, step: market.step, where: isRuined & (cash .<= 0))
      state.passages[group] = passages
      state.account.accounts[group].isAlive = isHeld & !isRuined
    }
    state.records[group].deficit = max(state.records[group].deficit, max(.zero, -cash))
    return cash
  }
}
