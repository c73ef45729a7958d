import Lanes
import Markets

// Agents' orders that wait for a price.

extension LegWalk {
  /// Fills the agents' orders that wait for an adverse price to take a position off, where the price comes to them before
  /// it comes to the position's stop or the account to its ruin.
  @inline(never)
  func fillNearest(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    let seen = watch.look(state, leg, market, group, isClose: isClose)
    let room = seen.start - seen.levels.first
    let fails = seen.fails & !stands(state, group, market)
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let quantity = state.account.positions[index].quantity
      let prices = market.prices(asset, group, leg)
      let order = state.resting.working(asset: asset, group: group)
      let isAdverse = ((quantity .> 0) & order.waitsForFall) | ((quantity .< 0) & !order.waitsForFall)
      let takesOff = isAdverse & ((quantity * order.quantity) .< 0)
      let distance = max(.zero, quantity * (prices.start - order.trigger))
      let stop = max(.zero, quantity * (prices.start - state.resting.stops[index]))
      let isStopped = state.overlay.placesStops ? stopIsTouched(state, asset, group, market) : .none
      let isFirst = (!fails | (distance .<= room)) & (!isStopped | (distance .<= stop))
      fill(&state, asset, group, market, where: takesOff & isFirst, isOver: false)
    }
    state.protect(group..<group + 1)
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Fills the other orders of agents whose triggers the leg touches. What they open is watched from the leg's end on: of
  /// the way behind the trigger nothing more is known than where it ends. In the part's last leg what was not reached is
  /// over.
  @inline(never)
  func fillWorking(_ state: inout DeskState, _ group: Int, _ market: MarketStep) {
    for asset in 0..<state.assets {
      fill(&state, asset, group, market, where: .all, isOver: isLast)
    }
    if isLast { state.resting.clearWorking(group: group) }
    state.protect(group..<group + 1)
    state.isOpen[group] = state.account.isOpen(group: group)
  }

  /// Fills an agent's order for an asset where its trigger is touched and the asset trades.
  ///
  /// - Parameter isOver: whether it waits no longer: one with a limit is wanted where it has not filled, too.
  private func fill(
    _ state: inout DeskState, _ asset: Int, _ group: Int, _ market: MarketStep, where mask: Mask, isOver: Bool
  ) {
    let prices = market.prices(asset, group, leg)
    var order = state.resting.working(asset: asset, group: group)
    let isAsked = state.account.accounts[group].isAlive & mask
    order.mayFill =
      order.isTouched(low: prices.low, high: prices.high) & !isOut & !market.isHalted(asset, group, leg)
    order.quantity = select(isOver && order.limit != nil ? isAsked : order.mayFill & isAsked, order.quantity, .zero)
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
