import Lanes
import Markets

/// The two parts of a step: before and after the arrival of its orders. Only the second can touch what they opened.
enum StepPart {
  case beforeArrival
  case afterArrival
}

/// One asset's prices in a part of a step: its ends and its extremes.
struct PartPrices {
  let start: Lanes
  let low: Lanes
  let high: Lanes
  let end: Lanes

  @inline(__always)
  init(_ market: MarketStep, _ index: Int, _ part: StepPart) {
    let bar = market.bars[index]
    let inside = market.interiors[index]
    switch part {
    case .beforeArrival:
      (start, low, high, end) = (bar.open, inside.lowBefore, inside.highBefore, inside.arrival)
    case .afterArrival:
      (start, low, high, end) = (inside.arrival, inside.lowAfter, inside.highAfter, bar.close)
    }
  }

  /// The extreme that hurts the position.
  @inline(__always)
  func adverse(_ quantity: Lanes) -> Lanes { select(quantity .> 0, low, high) }
}

/// What a desk's equity does in a part of a step.
struct EquityWatch {
  /// How many positions are open.
  var open = Lanes.zero
  /// Equity at the part's start.
  var start: Lanes
  /// Equity at its end.
  var end: Lanes
  /// Lowest equity on the way: on the asset's own extreme with one open position, on the bridge of equity with several.
  var low: Lanes
  /// Variance of equity over the part; 0 with one open position.
  var variance = Lanes.zero
  /// Where ruin stands.
  var levels: RuinLevels
}

extension DeskBooks {
  /// Watches stops, margin and ruin over one part of a step, under the position as it is.
  ///
  /// Of several levels the one nearest to the price comes first, stop or ruin alike; nearest is measured in equity, which
  /// for one position is the same as in price. A level fills at itself, or at the first price beyond it.
  @inline(__always)
  mutating func monitor(
    _ part: StepPart, _ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account
  ) {
    let watch = watch(part, market, group, books)
    let isHeld = books.isAlive & (watch.open .> 0)
    let isRuined = isHeld & (watch.low .<= watch.levels.first)
    var isStopped = Mask.none
    if let stopDistance {
      for asset in 0..<assets {
        isStopped = isStopped | stopHit(asset, part, market, group, stopDistance)
      }
      isStopped = isStopped & isHeld
    }
    if (isRuined | isStopped).isAny {
      resolve(part, market, group, &books, isRuined: isRuined, watch)
      return
    }
    books.stepMinimum = select(isHeld, min(books.stepMinimum, watch.low), books.stepMinimum)
  }

  /// Equity over a part of a step, and the levels of ruin.
  ///
  /// Margin is checked at traded prices X·(1 + I). With one position the liquidation level solves
  /// cash + qX(1+I) = m|q|X(1+I); with several it is m·gross less the impact's share, at the part's start.
  @inline(__always)
  func watch(
    _ part: StepPart, _ market: MarketStep, _ group: Int, _ books: AccountTile.Account
  ) -> EquityWatch {
    let margin = venue.maintenanceMargin
    var open = Lanes.zero
    var start = books.cash
    var end = books.cash
    var low = books.cash
    var traded = books.cash
    var gross = Lanes.zero
    var liquidation = -Lanes.infinity
    for asset in 0..<assets {
      let index = asset * groups + group
      let position = account.positions[index]
      let quantity = position.quantity
      let prices = PartPrices(market, index, part)
      open += select(quantity .!= 0, .one, .zero)
      start = fma(quantity, prices.start, start)
      end = fma(quantity, prices.end, end)
      low = fma(quantity, prices.adverse(quantity), low)
      let pressed = position.impact + 1.0
      traded = fma(quantity * pressed, prices.start, traded)
      gross = fma(abs(quantity) * pressed, prices.start, gross)
      // With one position: the equity at the price where the margin is used up.
      let held = quantity - abs(quantity) * margin
      let level = books.cash - books.cash * quantity / (held * pressed)
      // A long position paid in full, or with cash left, has no such price above 0.
      liquidation = select((books.cash * held) .< 0, level, liquidation)
    }
    var watch = EquityWatch(
      open: open, start: start, end: end, low: low,
      levels: RuinLevels(
        liquidation: liquidation, equityBelow: watchesWithinStep ? Lanes(ruinEquity) : -Lanes.infinity,
        zeroEquity: watchesWithinStep ? .zero : -Lanes.infinity))
    if assets > 1 {
      let isSeveral = open .> 1
      if isSeveral.isAny {
        let bridge = equityBridge(part, market, group, start: start, end: end)
        watch.low = select(isSeveral, bridge.low, low)
        watch.variance = select(isSeveral, bridge.variance, .zero)
        let callAt = fma(gross, Lanes(margin), start - traded)
        watch.levels.liquidation = select(isSeveral, callAt, liquidation)
      }
    }
    return watch
  }

  /// The lowest equity on its Brownian bridge over a part of a step, and the bridge's variance.
  ///
  /// variance = Σᵢⱼ nᵢnⱼρᵢⱼ with nᵢ = qᵢXᵢσᵢ and σᵢ the volatility that was drawn for the step, times the part's share of
  /// it; low = ½(a + b − √((b − a)² − 2·variance·ln U)), one uniform a path and part, the same for all desks.
  @inline(__always)
  private func equityBridge(
    _ part: StepPart, _ market: MarketStep, _ group: Int, start: Lanes, end: Lanes
  ) -> (low: Lanes, variance: Lanes) {
    let share = part == .beforeArrival ? description.arrivalFraction : 1 - description.arrivalFraction
    var variance = Lanes.zero
    for asset in 0..<assets {
      variance = fma(exposure(asset, part, market, group), covariance(asset, part, market, group), variance)
    }
    variance = variance * share
    let draws = market.bridgeDraws[group]
    let draw = part == .beforeArrival ? draws.before : draws.after
    let span = end - start
    let low = (start + end - sqrt(max(.zero, fma(span, span, variance * draw)))) * 0.5
    return (min(low, min(start, end)), variance)
  }

  /// nᵢ = qᵢXᵢσᵢ at the part's start.
  @inline(__always)
  private func exposure(_ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int) -> Lanes {
    let index = asset * groups + group
    let start = PartPrices(market, index, part).start
    return account.positions[index].quantity * start * market.interiors[index].volatility
  }

  /// Σⱼ ρᵢⱼnⱼ.
  @inline(__always)
  private func covariance(_ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int) -> Lanes {
    var sum = Lanes.zero
    for other in 0..<assets {
      sum = fma(exposure(other, part, market, group), Lanes(description.correlation[asset][other]), sum)
    }
    return sum
  }

  /// Where the stop of an asset's position is touched in a part of a step.
  @inline(__always)
  private func stopHit(
    _ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int, _ distance: Double
  ) -> Mask {
    let index = asset * groups + group
    let position = account.positions[index]
    let prices = PartPrices(market, index, part)
    let fallsTo = (position.quantity .> 0) & (prices.low .<= position.entryPrice * (1 - distance))
    let risesTo = (position.quantity .< 0) & (prices.high .>= position.entryPrice * (1 + distance))
    // A stop acts once a step: what the participation cap has left of it waits for the next one.
    return (fallsTo | risesTo) & !position.stoppedInStep
  }

  /// Deals with levels that were touched: rare, and so out of the way of the rest.
  @inline(never)
  private mutating func resolve(
    _ part: StepPart, _ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account, isRuined: Mask,
    _ watch: EquityWatch
  ) {
    if let stopDistance {
      // Stops that come before ruin, nearest in equity.
      let room = watch.start - watch.levels.first
      for asset in 0..<assets {
        let index = asset * groups + group
        let position = account.positions[index]
        let start = PartPrices(market, index, part).start
        let level = stopLevel(position, stopDistance)
        let distance = max(.zero, position.quantity * (start - level))
        let isHit = stopHit(asset, part, market, group, stopDistance) & books.isAlive
        stop(asset, part, market, group, &books, where: isHit & (!isRuined | (distance .<= room)), level: level)
      }
    }
    let after = self.watch(part, market, group, books)
    let fails = books.isAlive & (after.open .> 0) & (after.low .<= after.levels.first)
    if fails.isAny {
      priceSale(part, market, group, books, after)
      ruin(market, group, &books, where: fails, equity: min(after.levels.first, after.start), after.levels)
    }
    if let stopDistance {
      // Stops that stood behind a ruin which, after the first stops, never came.
      for asset in 0..<assets {
        let position = account.positions[asset * groups + group]
        let isHit =
          stopHit(asset, part, market, group, stopDistance) & books.isAlive
        if isHit.isAny {
          stop(asset, part, market, group, &books, where: isHit, level: stopLevel(position, stopDistance))
        }
      }
    }
    let rest = self.watch(part, market, group, books)
    let low = select(rest.open .> 0, rest.low, books.cash)
    books.stepMinimum = min(books.stepMinimum, low)
  }

  /// The price at which a position's stop stands.
  @inline(__always)
  private func stopLevel(_ position: AccountTile.Position, _ distance: Double) -> Lanes {
    position.entryPrice * (1.0 - copySign(of: position.quantity, to: Lanes(distance)))
  }

  /// Closes an asset's position at its stop, under the participation cap, and voids its orders on the way.
  private mutating func stop(
    _ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account,
    where mask: Mask, level: Lanes
  ) {
    guard mask.isAny else { return }
    let index = asset * groups + group
    let bar = market.bars[index]
    let start = PartPrices(market, index, part).start
    var position = account.positions[index]
    let isLong = position.quantity .> 0
    // Where the last close was beyond the level already, the stop is selling what an earlier step has left of it: it
    // decides at that close, and the way to it has been booked.
    let level = select(
      isLong, min(level, max(start, position.mark)), max(level, min(start, position.mark)))
    // The first price beyond the level, where a gap or a jump has passed it.
    let mid = select(isLong, min(level, start), max(level, start))
    let wanted = select(mask, -position.quantity, .zero)
    let fill = venue.fill(
      wanted, mid: mid, halfSpread: bar.halfSpread, volume: bar.volume, feeRate: Lanes(venue.takerFee), &position,
      &books)
    position.stoppedInStep = position.stoppedInStep | mask
    position.outstanding = select(mask, .zero, position.outstanding)
    account.positions[index] = position
    orders.cancel(asset: asset, group: group, where: mask)
    var amounts = CostLedger.Window()
    amounts.halfSpread = fill.halfSpread
    amounts.impact = fill.impact
    amounts.fees = fill.fee
    amounts.drift = fill.quantity * (mid - level)
    amounts.opportunity = (wanted - fill.quantity) * (bar.close - level)
    amounts.wantedNotional = abs(wanted) * level
    amounts.filledNotional = abs(fill.quantity) * level
    account.ledgers[group].book(amounts, inEventWindow: market.inEventWindow[group])
    books.paperGain = fma(wanted, bar.close - level, books.paperGain)
    books.orders += select(mask, .one, .zero)
    overlay.stopped(asset: asset, group: group, where: mask, step: market.step)
    record(group, asset, fill, mid, level, .stop)
  }

  /// Prices at the moment when equity reaches the first level of ruin, into `salePrices`.
  ///
  /// With one position the price follows from the level. With several, each price is its expectation given the equity's
  /// change e on the bridge: X + Xσ·(Σⱼρᵢⱼnⱼ)/variance · e, so that Σ qᵢΔXᵢ = e exactly; where the equity's variance is 0,
  /// the point on the straight line between the part's ends. Where a gap has passed the level, the part's first prices.
  private mutating func priceSale(
    _ part: StepPart, _ market: MarketStep, _ group: Int, _ books: AccountTile.Account, _ watch: EquityWatch
  ) {
    let level = watch.levels.first
    let isPassed = level .>= watch.start
    let change = level - watch.start
    let share = part == .beforeArrival ? description.arrivalFraction : 1 - description.arrivalFraction
    let isBridged = watch.variance .> 0
    let span = watch.end - watch.start
    let along = select(span .< 0, change / span, .zero)
    for asset in 0..<assets {
      let index = asset * groups + group
      let prices = PartPrices(market, index, part)
      let quantity = account.positions[index].quantity
      let own = (level - books.cash) / quantity
      let volatility = market.interiors[index].volatility
      let slope = prices.start * volatility * covariance(asset, part, market, group) * share / watch.variance
      let several = select(
        isBridged, prices.start + slope * change, fma(along, prices.end - prices.start, prices.start))
      let price = select(watch.open .> 1, several, own)
      salePrices[asset] = max(.zero, select(isPassed | (quantity .== 0), prices.start, price))
    }
  }

  /// Ends a desk: closes every position at `salePrices` without participation cap, freezes the account, and books all
  /// that the sale costs under liquidation.
  @inline(never)
  mutating func ruin(
    _ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account, where mask: Mask, equity: Lanes,
    _ levels: RuinLevels
  ) {
    let cause = levels.cause
    let isLiquidated = mask & (cause .== Double(RuinCause.liquidation.rawValue))
    let feeRate = select(isLiquidated, Lanes(venue.takerFee + venue.liquidationFee), Lanes(venue.takerFee))
    for asset in 0..<assets {
      let index = asset * groups + group
      let bar = market.bars[index]
      var position = account.positions[index]
      let wanted = select(mask, -position.quantity, .zero)
      let mid = salePrices[asset]
      let fill = venue.fill(
        wanted, mid: mid, halfSpread: bar.halfSpread, volume: nil, feeRate: feeRate, &position, &books)
      position.outstanding = select(mask, .zero, position.outstanding)
      account.positions[index] = position
      var amounts = CostLedger.Window()
      amounts.liquidation = fill.halfSpread + fill.impact + fill.fee
      amounts.wantedNotional = abs(wanted) * mid
      amounts.filledNotional = amounts.wantedNotional
      account.ledgers[group].book(amounts, inEventWindow: market.inEventWindow[group])
      books.paperGain = fma(wanted, bar.close - mid, books.paperGain)
      record(group, asset, fill, mid, mid, .liquidation)
    }
    let step = market.step
    var passages = passages[group]
    passages.cause = select(mask, cause, passages.cause)
    PassageTimes.mark(&passages.ruin, step: step, where: mask)
    PassageTimes.mark(&passages.liquidation, step: step, where: mask & (levels.liquidation .>= equity))
    // The sale itself may take equity through the next level.
    let left = min(equity, books.cash)
    PassageTimes.mark(&passages.equityBelow, step: step, where: mask & (levels.equityBelow .>= left))
    PassageTimes.mark(&passages.zeroEquity, step: step, where: mask & (levels.zeroEquity .>= left))
    self.passages[group] = passages
    books.isAlive = books.isAlive & !mask
    books.stepMinimum = select(mask, min(books.stepMinimum, books.cash), books.stepMinimum)
    books.deficit = select(mask, max(.zero, -books.cash), books.deficit)
  }
}
