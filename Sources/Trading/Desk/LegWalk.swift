import Lanes
import Markets

/// Leads a desk through one leg of a step, from level to level; what is first is told by `StepWalk`.
struct LegWalk {
  let leg: Leg
  /// Whether it is the last of its part.
  let isLast: Bool
  /// Where ruin or a stop may come in its part.
  let isClose: Mask
  /// Where the venue is out: no stop acts in it, and no order that waits; what the venue itself sells is sold.
  let isOut: Mask

  /// Leads the positions of a group through the leg.
  func lead(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    if state.overlay.placesStops { holdBack(state, group, market) }
    let hasWorking = leg.part == .afterArrival && state.resting.hasWorking(group: group)
    if hasWorking && state.isOpen[group] { fillNearest(&state, group, market, watch) }
    if state.isOpen[group] {
      let seen = watch.look(state, leg, market, group, isClose: isClose)
      let isHeld = state.account.accounts[group].isAlive & (seen.open .> 0)
      var isStopped = Mask.none
      if state.overlay.placesStops {
        for asset in 0..<state.assets { isStopped = isStopped | stopIsTouched(state, asset, group, market) }
      }
      if ((seen.fails & !stands(state, group, market) | isStopped) & isHeld).isAny {
        resolve(&state, group, market, watch, seen)
      } else {
        Self.note(seen.low, where: isHeld, &state.records[group])
      }
    }
    if hasWorking { fillWorking(&state, group, market) }
  }

  /// Takes a low of equity down.
  @inline(__always)
  private static func note(_ low: Lanes, where mask: Mask, _ record: inout EquityRecord) {
    record.stepMinimum = select(mask, min(record.stepMinimum, low), record.stepMinimum)
  }

  /// Where the stop on an asset's position acts in the leg.
  func stopIsTouched(_ state: DeskState, _ asset: Int, _ group: Int, _ market: MarketStep) -> Mask {
    let prices = market.prices(asset, group, leg)
    let quantity = state.account.positions[asset * state.groups + group].quantity
    return state.resting.stopIsTouched(asset, group, quantity, low: prices.low, high: prices.high) & !isOut
      & !market.isHalted(asset, group, leg)
  }

  /// Where trading in something that is held stands still: nothing can be sold by force before it goes on.
  func stands(_ state: DeskState, _ group: Int, _ market: MarketStep) -> Mask {
    guard market.canHalt else { return .none }
    var stands = Mask.none
    for asset in 0..<state.assets {
      let isHeld = state.account.positions[asset * state.groups + group].quantity .!= 0
      stands = stands | (isHeld & market.isHalted(asset, group, leg))
    }
    return stands
  }

  /// Remembers the stops that are touched while the venue is out or the market halted, and forgets those that the price has
  /// left again. What the participation cap has left of a stop that has acted is none of them.
  private func holdBack(_ state: DeskState, _ group: Int, _ market: MarketStep) {
    guard isOut.isAny || market.canHalt || state.resting.holdsBack(group: group) else { return }
    var isAny = false
    for asset in 0..<state.assets {
      let prices = market.prices(asset, group, leg)
      let position = state.account.positions[asset * state.groups + group]
      let isTouched = state.resting.stopIsTouched(
        asset, group, position.quantity, low: prices.low, high: prices.high)
      let isPassed = state.resting.stopIsTouched(
        asset, group, position.quantity, low: position.mark, high: position.mark)
      let isHeldBack = state.resting.holdBack(
        asset: asset, group: group, touched: isTouched, passed: isPassed,
        isOut: isOut | market.isHalted(asset, group, leg))
      isAny = isAny || isHeldBack.isAny
    }
    state.resting.holdsBack(isAny, group: group)
  }

  /// Deals with levels that were touched.
  @inline(never)
  private func resolve(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch, _ seen: EquityWatch
  ) {
    let wasHeld = state.account.accounts[group].isAlive & (seen.open .> 0)
    let isSeveral = seen.open .> 1
    let stands = stands(state, group, market)
    var hasStopped = Mask.none
    if state.overlay.placesStops {
      // Stops that come before ruin.
      for asset in 0..<state.assets {
        let isHit = stopIsTouched(state, asset, group, market) & state.account.accounts[group].isAlive
        let isFirst =
          isHit & (!seen.fails | stands | comesFirst(state, asset, group, market, seen))
        hasStopped = hasStopped | isFirst
        stop(&state, asset, group, market, where: isFirst)
      }
    }
    // Of several positions a ruin that a stop has come before is not one any more; what comes of the rest is seen at the
    // leg's end. One position's price goes on to the next level.
    let after = watch.look(state, leg, market, group, isClose: isClose)
    let goesOn = state.account.accounts[group].isAlive & (after.open .> 0)
    let fails = goesOn & after.fails & !(isSeveral & hasStopped) & !stands
    if fails.isAny {
      let prices = (0..<state.assets).map { watch.salePrice($0, state, after, leg, market, group) }
      Liquidation(market: market, prices: prices, levels: after.levels, equity: min(after.levels.first, after.start))
        .sell(&state, group, where: fails)
    }
    if state.overlay.placesStops {
      // Stops that stood behind a ruin which, after the first stops, never came.
      for asset in 0..<state.assets {
        let isHit = stopIsTouched(state, asset, group, market) & state.account.accounts[group].isAlive
        hasStopped = hasStopped | isHit
        stop(&state, asset, group, market, where: isHit)
      }
    }
    let rest = watch.look(state, leg, market, group, isClose: isClose)
    let low = select(isSeveral & hasStopped, rest.end, select(rest.open .> 0, rest.low, rest.end))
    Self.note(low, where: wasHeld & !fails, &state.records[group])
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Where the stop on an asset's position comes before ruin.
  private func comesFirst(
    _ state: DeskState, _ asset: Int, _ group: Int, _ market: MarketStep, _ seen: EquityWatch
  ) -> Mask {
    let index = asset * state.groups + group
    let quantity = state.account.positions[index].quantity
    let prices = market.prices(asset, group, leg)
    let distance = max(.zero, quantity * (prices.start - state.resting.stops[index]))
    let room = max(.zero, seen.start - seen.levels.first)
    // Of several positions each goes at its own pace: a way counts in standard deviations of what goes it.
    let pace = abs(quantity) * market.move(asset, prices)
    let isNearer = (distance * sqrt(seen.variance)) .<= (room * pace)
    let isSeveral = seen.open .> 1
    return (isSeveral & isNearer) | (!isSeveral & (distance .<= room))
  }

  /// Lets the stop on a position act, under the participation cap; it voids the asset's other orders, on their way or
  /// waiting.
  @inline(never)
  private func stop(_ state: inout DeskState, _ asset: Int, _ group: Int, _ market: MarketStep, where mask: Mask) {
    guard mask.isAny else { return }
    let index = asset * state.groups + group
    let start = market.prices(asset, group, leg).start
    let position = state.account.positions[index]
    var order = state.resting.stopOrder(on: position, asset: asset, group: group)
    // Where the last close was beyond the trigger already, the stop is selling what an earlier step has left of it: it
    // decides at that close, and the way to it has been booked. Where the stop does not act it may stand nowhere, at ±∞:
    // no amount of 0 is to be multiplied by that.
    let reached = select(
      order.waitsForFall, min(order.trigger, max(start, position.mark)),
      max(order.trigger, min(start, position.mark)))
    // A stop that an outage has held back decides where it stands: none of it was booked.
    let decided = select(state.resting.isHeldBack(asset: asset, group: group), order.trigger, reached)
    let level = select(mask, decided, start)
    order.quantity = select(mask, -position.quantity, .zero)
    order.decisionPrice = level
    state.execute(order, at: order.firstPrice(from: start, trigger: level), market, asset: asset, group: group)
    state.protect(group..<group + 1)
    let leaves = state.account.positions[index].quantity .!= 0
    state.resting.acted(asset: asset, group: group, where: mask, leaves: leaves)
    state.account.positions[index].outstanding.replace(with: .zero, where: mask)
    state.inFlight.cancel(asset: asset, group: group, where: mask)
    state.late?.cancel(asset: asset, group: group, where: mask)
    state.resting.cancel(asset: asset, group: group, where: mask)
    state.overlay.stopped(asset: asset, group: group, where: mask, step: market.step)
  }
}
