import Lanes
import Markets

/// The arrival of a step's orders at a venue that events hinder: it takes none, or not all of them, or has them wait.
///
/// What it does not take counts as wanted and not filled. An order that would wait for a price lives in its step, so that
/// one which comes to a venue that is slow or out is not taken; what a rule asks for waits for no price.
struct HinderedArrival {
  let market: MarketStep
  /// Whether other orders may still be on their way.
  let keepsOutstanding: Bool
  /// Whether the step is the last: no order waits for the next one.
  let isHorizon: Bool

  /// Lets the orders of some groups arrive.
  @inline(never)
  func arrive(_ state: inout DeskState, _ groups: Range<Int>) {
    var hasFills = false
    for group in groups where state.isAlive[group] {
      let isSent = state.inFlight.arrive(in: market.step, group: group)
      let isLate = state.late?.arrives(in: market.step, group: group) ?? false
      guard isSent || isLate else { continue }
      for asset in 0..<state.assets {
        if isLate, let late = state.late {
          arriveLate(&state, late, asset, group)
        }
        if isSent { arrive(&state, asset, group) }
      }
      if isSent { state.inFlight.clear(step: market.step, group: group) }
      if isLate { state.late?.clear(step: market.step, group: group) }
      state.isOpen[group] = state.account.isOpen(group: group)
      hasFills = true
    }
    if hasFills { state.protect(groups) }
  }

  /// Lets an order arrive that comes in its time.
  private func arrive(_ state: inout DeskState, _ asset: Int, _ group: Int) {
    let order = state.takeOrder(in: market.step, asset: asset, group: group, keepsOutstanding: keepsOutstanding)
    if let waiting = order.waiting { rest(&state, waiting, asset, group) }
    let price = state.inFlight.decisionPrice(in: market.step, asset: asset, group: group)
    fill(&state, order.quantity, decidedAt: price, late: nil, asset, group)
  }

  /// Lets an order arrive that comes later than the file's latency says.
  private func arriveLate(_ state: inout DeskState, _ late: LateOrders, _ asset: Int, _ group: Int) {
    let index = asset * state.groups + group
    let order = late.order(in: market.step, asset: asset, group: group)
    let isAlive = state.account.accounts[group].isAlive
    let missed = select(isAlive, late.missed(in: market.step, asset: asset, group: group), .zero)
    state.ledgers[group].bookMissed(missed, inEventWindow: market.inEventWindow[group])
    state.account.positions[index].outstanding -= order.quantity
    let claimed = late.claimed(in: market.step, asset: asset, group: group)
    fill(
      &state, select(isAlive, order.quantity, .zero), decidedAt: order.decisionPrice, late: claimed, asset, group)
  }

  /// Fills what the venue takes of an order at the arrival mid; what it has wait arrives in the next step again.
  ///
  /// - Parameter late: what an order asks for again that has taken longer than the file's latency; nil for one that hasn't.
  private func fill(
    _ state: inout DeskState, _ quantity: Lanes, decidedAt price: Lanes, late claimed: ClaimedRest?, _ asset: Int,
    _ group: Int
  ) {
    guard (quantity .!= 0).isAny else { return }
    let index = asset * state.groups + group
    let effect = market.venue.effects.assets[index]
    var wanted = quantity
    if let late = state.late, !isHorizon {
      let queued = select(market.venue.effects.groups[group].queuesOrders & !effect.refusesOrders, quantity, .zero)
      if (queued .!= 0).isAny {
        let again =
          claimed?.share(select(queued .!= 0, .one, .zero))
          ?? state.rests.claim(queued, step: market.step, asset: asset, group: group)
        late.add(queued, decidedAt: price, claimed: again, in: market.step + 1, asset: asset, group: group)
        state.account.positions[index].outstanding += queued
        wanted -= queued
      }
    }
    let isRefused =
      effect.refusesOrders | market.venue.effects.groups[group].queuesOrders | market.interiors[index].haltedAtArrival
    let taken = select(isRefused, .zero, allowed(wanted, state.account.positions[index], effect))
    guard (wanted .!= 0).isAny else { return }
    claimed?.share(select(wanted .!= 0, .one, .zero)).takeBack(&state.ledgers[group])
    state.execute(
      .market(taken, decidedAt: price), at: market.arrival(index), market, asset: asset, group: group, wanted: wanted,
      isLate: claimed != nil)
  }

  /// Lets what the venue takes of an order wait for its price.
  private func rest(_ state: inout DeskState, _ order: Order, _ asset: Int, _ group: Int) {
    let index = asset * state.groups + group
    let effects = market.venue.effects
    let isSlow = market.venue.extraSteps(group) .> 0
    let isRefused = effects.assets[index].refusesOrders | effects.groups[group].queuesOrders | isSlow
    var taken = order
    taken.quantity = allowed(order.quantity, state.account.positions[index], effects.assets[index])
    taken.quantity = select(isRefused, .zero, taken.quantity)
    let missing = order.quantity - taken.quantity
    // An order without a limit is wanted once its price is touched: one that is not taken never is.
    if order.limit != nil, (missing .!= 0).isAny {
      let price = state.inFlight.decisionPrice(in: market.step, asset: asset, group: group)
      state.execute(
        .market(.zero, decidedAt: price), at: market.arrival(index), market, asset: asset, group: group,
        wanted: missing)
    }
    state.resting.add(taken, asset: asset, group: group)
  }

  /// What may be traded of a quantity where new shorts are refused: no more sales than there is to sell.
  private func allowed(_ quantity: Lanes, _ position: Position, _ effect: VenueAssetEffect) -> Lanes {
    let closing = -max(.zero, position.quantity)
    return select(effect.refusesShorts, max(quantity, closing), quantity)
  }
}
