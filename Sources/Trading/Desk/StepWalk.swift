import Lanes
import Markets

/// Leads a desk through one part of a step, lane group by lane group, from level to level.
///
/// The stops on positions and the ruin watch say where their levels are; of several the one nearest to the price comes
/// first, stop or ruin alike; nearest is measured in equity, which for one position is the same as in price. A level fills
/// at itself, or at the first price beyond it. Where bars have no interior the parts are points, or the whole bar. Agents'
/// own waiting orders come after all of these, even where their trigger is nearer than ruin.
///
/// Market and watch are handed on rather than kept, so that no array is retained in a step.
struct StepWalk {
  let part: StepPart

  /// Leads the positions of a group through the part.
  @inline(__always)
  func lead(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    let hasWorking = part == .afterArrival && state.resting.hasWorking(group: group)
    if hasWorking && state.isOpen[group] { fillNearest(&state, group, market, watch) }
    if state.isOpen[group] {
      let seen = watch.glance(state, part, market, group)
      let isHeld = state.account.accounts[group].isAlive & seen.isHeld
      if (seen.mayHappen & isHeld).isAny {
        happen(&state, group, market, watch)
      } else {
        let low = state.records[group].stepMinimum
        state.records[group].stepMinimum = select(isHeld, min(low, seen.low), low)
      }
    }
    if hasWorking { fillWorking(&state, group, market) }
  }

  /// Looks closely where something may happen, and deals with what does.
  @inline(never)
  private func happen(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    let seen = watch.look(state.account, state.venue, part, market, group)
    let isHeld = state.account.accounts[group].isAlive & (seen.open .> 0)
    let isRuined = isHeld & (seen.low .<= seen.levels.first)
    var isStopped = Mask.none
    if state.overlay.placesStops {
      for asset in 0..<state.assets { isStopped = isStopped | stopIsTouched(state, asset, group, market) }
    }
    if (isRuined | (isStopped & isHeld)).isAny {
      resolve(&state, group, market, watch, isRuined: isRuined, seen)
    } else {
      let low = state.records[group].stepMinimum
      state.records[group].stepMinimum = select(isHeld, min(low, seen.low), low)
    }
  }

  @inline(__always)
  private func prices(_ state: DeskState, _ asset: Int, _ group: Int, _ market: MarketStep) -> PartPrices {
    PartPrices(market, asset * state.groups + group, part)
  }

  private func stopIsTouched(_ state: DeskState, _ asset: Int, _ group: Int, _ market: MarketStep) -> Mask {
    let prices = prices(state, asset, group, market)
    let quantity = state.account.positions[asset * state.groups + group].quantity
    return state.resting.stopIsTouched(asset, group, quantity, low: prices.low, high: prices.high)
  }

  /// Deals with levels that were touched.
  private func resolve(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch, isRuined: Mask,
    _ seen: EquityWatch
  ) {
    if state.overlay.placesStops {
      // Stops that come before ruin, nearest in equity.
      let room = seen.start - seen.levels.first
      for asset in 0..<state.assets {
        let quantity = state.account.positions[asset * state.groups + group].quantity
        let way = prices(state, asset, group, market).start - state.resting.stops[asset * state.groups + group]
        let distance = max(.zero, quantity * way)
        let isHit = stopIsTouched(state, asset, group, market) & state.account.accounts[group].isAlive
        stop(&state, asset, group, market, where: isHit & (!isRuined | (distance .<= room)))
      }
    }
    let after = watch.look(state.account, state.venue, part, market, group)
    let fails = state.account.accounts[group].isAlive & (after.open .> 0) & (after.low .<= after.levels.first)
    if fails.isAny {
      let prices = (0..<state.assets).map { watch.salePrice($0, state.account, after, part, market, group) }
      Liquidation(market: market, prices: prices, levels: after.levels, equity: min(after.levels.first, after.start))
        .sell(&state, group, where: fails)
    }
    if state.overlay.placesStops {
      // Stops that stood behind a ruin which, after the first stops, never came.
      for asset in 0..<state.assets {
        stop(
          &state, asset, group, market,
          where: stopIsTouched(state, asset, group, market) & state.account.accounts[group].isAlive)
      }
    }
    let rest = watch.look(state.account, state.venue, part, market, group)
    let low = select(rest.open .> 0, rest.low, state.account.accounts[group].cash)
    state.records[group].stepMinimum = min(state.records[group].stepMinimum, low)
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Lets the stop on a position act, under the participation cap; it voids the asset's other orders, on their way or
  /// waiting.
  @inline(never)
  private func stop(_ state: inout DeskState, _ asset: Int, _ group: Int, _ market: MarketStep, where mask: Mask) {
    guard mask.isAny else { return }
    let index = asset * state.groups + group
    let start = prices(state, asset, group, market).start
    let position = state.account.positions[index]
    var order = state.resting.stopOrder(on: position, asset: asset, group: group)
    // Where the last close was beyond the trigger already, the stop is selling what an earlier step has left of it: it
    // decides at that close, and the way to it has been booked. Where the stop does not act it may stand nowhere, at ±∞:
    // no amount of 0 is to be multiplied by that.
    let reached = select(
      order.waitsForFall, min(order.trigger, max(start, position.mark)),
      max(order.trigger, min(start, position.mark)))
    let level = select(mask, reached, start)
    order.quantity = select(mask, -position.quantity, .zero)
    order.decisionPrice = level
    state.execute(order, at: order.firstPrice(from: start, trigger: level), market, asset: asset, group: group)
    state.protect(group..<group + 1)
    state.resting.acted(asset: asset, group: group, where: mask)
    state.account.positions[index].outstanding.replace(with: .zero, where: mask)
    state.inFlight.cancel(asset: asset, group: group, where: mask)
    state.resting.cancel(asset: asset, group: group, where: mask)
    state.overlay.stopped(asset: asset, group: group, where: mask, step: market.step)
  }

  /// Fills the agents' orders that wait for an adverse price to take a position off, where the price comes to them before
  /// it comes to the position's stop or the account to its ruin.
  @inline(never)
  private func fillNearest(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    let seen = watch.look(state.account, state.venue, part, market, group)
    let room = seen.start - seen.levels.first
    let mayRuin = seen.low .<= seen.levels.first
    for asset in 0..<state.assets {
      let quantity = state.account.positions[asset * state.groups + group].quantity
      let prices = prices(state, asset, group, market)
      let order = state.resting.working(asset: asset, group: group)
      let isAdverse = ((quantity .> 0) & order.waitsForFall) | ((quantity .< 0) & !order.waitsForFall)
      let takesOff = isAdverse & ((quantity * order.quantity) .< 0)
      let distance = max(.zero, quantity * (prices.start - order.trigger))
      let stop = max(.zero, quantity * (prices.start - state.resting.stops[asset * state.groups + group]))
      let isStopped = state.overlay.placesStops ? stopIsTouched(state, asset, group, market) : .none
      let isFirst = (!mayRuin | (distance .<= room)) & (!isStopped | (distance .<= stop))
      let isTouched = order.isTouched(low: prices.low, high: prices.high)
      fill(&state, asset, group, market, where: takesOff & isFirst & isTouched)
    }
    state.protect(group..<group + 1)
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Fills the other orders of agents whose triggers the rest of the step touches. What they open is watched from the
  /// step's close on: of the way behind the trigger nothing more is known than where it ends.
  @inline(never)
  private func fillWorking(_ state: inout DeskState, _ group: Int, _ market: MarketStep) {
    for asset in 0..<state.assets { fill(&state, asset, group, market, where: .all) }
    state.resting.clearWorking(group: group)
    state.protect(group..<group + 1)
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Fills an agent's order for an asset where its trigger is touched; one with a limit is wanted where it isn't, too.
  private func fill(_ state: inout DeskState, _ asset: Int, _ group: Int, _ market: MarketStep, where mask: Mask) {
    let prices = prices(state, asset, group, market)
    var order = state.resting.working(asset: asset, group: group)
    let isAsked = state.account.accounts[group].isAlive & mask
    order.mayFill = order.isTouched(low: prices.low, high: prices.high)
    order.quantity = select(order.limit == nil ? order.mayFill & isAsked : isAsked, order.quantity, .zero)
    let isThere = order.quantity .!= 0
    guard isThere.isAny else { return }
    // Where there is no order the agent may have said anything: no amount of 0 is to be multiplied by that.
    order.trigger = select(isThere, order.trigger, prices.start)
    order.decisionPrice = select(isThere, order.decisionPrice, prices.start)
    state.execute(
      order, at: order.firstPrice(from: prices.start, trigger: order.trigger), market, asset: asset, group: group)
    state.resting.cancel(asset: asset, group: group, where: isThere)
  }
}
