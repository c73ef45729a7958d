import Lanes
import Markets

/// Watches a desk's equity on its way through a step, and gives the levels at which it is ruined.
struct RuinWatch: Sendable {
  /// Equity at or under which a desk is ruined, in quote currency.
  let ruinEquity: Double
  /// Whether the study watches equity within steps; the venue's margin call always works there.
  let watchesWithinStep: Bool
  /// Correlations of the assets' diffusions in calm, row after row.
  private let correlation: ContiguousArray<Double>
  private let extremes: ExtremesCorrelations

  init(_ terms: DeskTerms, _ market: MarketDescription) {
    ruinEquity = terms.ruin.equityBelow * terms.startEquity
    watchesWithinStep = terms.ruin.monitored == .withinStep
    correlation = ContiguousArray(market.correlation.joined())
    extremes = ExtremesCorrelations(market.correlation)
  }

  /// Equity over a part of a step, as far as it is needed to know that nothing happens.
  struct Glance {
    /// Where a position is open.
    let isHeld: Mask
    /// Where several are.
    let isSeveral: Mask
    /// Lowest equity on the way with one position; with several no more than a bound.
    let low: Lanes
    /// Where ruin may come or a stop is touched.
    let mayHappen: Mask
    /// Where the low of several positions may be a minimum, or a drawdown to be marked.
    let mayMatter: Mask
  }

  /// Whether anything may happen in a part of a step: without a division, and on the safe side by rounding.
  ///
  /// With one position the margin call comes where cash + (q − m|q|)(1 + I)X at the adverse extreme falls to 0; where prices may
  /// be negative, cash + q(X + S₀I) − m|q|S₀. With several
  /// a leg's ends lie above what the adverse extremes of all assets leave, and its bridge `AccountBridge.reach` deviations
  /// under these at most, which must reach no level. Where it leans on nothing it is of the leg's own draw, which must reach
  /// no minimum and no drawdown to be marked.
  ///
  /// - Parameter leg: the part, where it is one leg.
  @inline(__always)
  func glance(_ state: DeskState, _ part: StepPart, _ leg: Leg?, _ market: MarketStep, _ group: Int) -> Glance {
    let cash = state.account.accounts[group].cash
    var open = Lanes.zero
    var low = cash
    var free = cash
    var reach = Lanes.zero
    var freeReach = Lanes.zero
    var touched = Mask.none
    let isPaired = state.assets > 1
    let maintenanceMargin = market.venue.demands[group].maintenanceMargin
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let quantity = state.account.positions[index].quantity
      let prices = market.prices(index, part)
      let adverse = prices.adverse(quantity)
      let size = abs(quantity)
      let pressed = max(state.venue.impact(index) + 1.0, .zero)
      open += select(size .> 0, .one, .zero)
      low = fma(quantity, adverse, low)
      let reference = market.reference(asset)
      if let reference {
        let room = fma(-size, maintenanceMargin, quantity * state.venue.impact(index)) * reference
        free = fma(quantity, adverse, free + room)
      } else {
        free = fma(fma(-size, maintenanceMargin, quantity) * pressed, adverse, free)
      }
      if state.overlay.placesStops {
        touched =
          touched | state.resting.stopIsTouched(asset, group, quantity, low: prices.low, high: prices.high)
      }
      if isPaired {
        let exposure = size * (reference.map { Lanes($0) } ?? prices.high) * market.deviation(index)
        reach += exposure
        freeReach = fma(exposure * (reference == nil ? pressed : .one), 1 + maintenanceMargin, freeReach)
      }
    }
    let ruin = watchesWithinStep ? Lanes(max(ruinEquity, 0)) : -Lanes.infinity
    var mayRuin = (low .<= ruin) | (free .<= abs(cash) * 1e-9)
    var mayMatter = Mask.none
    let isSeveral = open .> 1
    if isPaired, isSeveral.isAny {
      let account = state.account.accounts[group]
      let floor = fma(reach, -AccountBridge.reach, low)
      let freeFloor = fma(freeReach, -AccountBridge.reach, free)
      var mark = select(account.equity .> account.peak * 0.7, account.peak * 0.7, -Lanes.infinity)
      mark = select(account.equity .> account.peak * 0.8, account.peak * 0.8, mark)
      let own = leg.map { fma(reach, -market.draws.reach($0, market, group), low) } ?? floor
      mayMatter = isSeveral & (own .<= max(state.records[group].minimum, mark))
      let mayFail = (floor .<= ruin) | (freeFloor .<= abs(cash) * 1e-9)
      mayRuin = (isSeveral & mayFail) | (!isSeveral & mayRuin)
    }
    return Glance(
      isHeld: open .> 0, isSeveral: isSeveral, low: low, mayHappen: mayRuin | touched, mayMatter: mayMatter)
  }

  /// Equity over a leg of a step under the positions as they are, and the levels of ruin.
  ///
  /// Margin is checked at traded prices X·(1 + I), with 1 + I floored at 0 as the fill floors its price. With one position
  /// the liquidation level solves cash + qX(1 + I) = m|q|X(1 + I). With several the room cash + Σ(q − m|q|)(1 + I)X is
  /// watched on a bridge of its own; the level is the equity that is to be expected when it is used up, and stands above
  /// a level that equity does not reach.
  ///
  /// - Parameter isClose: where ruin or a stop may come in the part of the step: there the bridge of several positions leans
  ///   on what the stops go by.
  @inline(never)
  func look(
    _ state: DeskState, _ leg: Leg, _ market: MarketStep, _ group: Int, isClose: Mask
  ) -> EquityWatch {
    let cash = state.account.accounts[group].cash
    var open = Lanes.zero
    var start = cash
    var end = cash
    var low = cash
    var roomStart = cash
    var roomEnd = cash
    var liquidation = -Lanes.infinity
    let maintenanceMargin = market.venue.demands[group].maintenanceMargin
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let quantity = state.account.positions[index].quantity
      let prices = market.prices(asset, group, leg)
      open += select(quantity .!= 0, .one, .zero)
      start = fma(quantity, prices.start, start)
      end = fma(quantity, prices.end, end)
      low = fma(quantity, prices.adverse(quantity), low)
      let pressed = max(state.venue.impact(index) + 1.0, .zero)
      let held = quantity - abs(quantity) * maintenanceMargin
      if let reference = market.reference(asset) {
        // Of a price that may be negative impact and margin are amounts: cash + q(X + S₀I) = m|q|S₀ at one price, of any sign.
        let room = fma(-abs(quantity), maintenanceMargin, quantity * state.venue.impact(index)) * reference
        roomStart = fma(quantity, prices.start, roomStart + room)
        roomEnd = fma(quantity, prices.end, roomEnd + room)
        liquidation = select(quantity .!= 0, -room, liquidation)
        continue
      }
      roomStart = fma(held * pressed, prices.start, roomStart)
      roomEnd = fma(held * pressed, prices.end, roomEnd)
      // With one position: the equity at the price where the margin is used up. A long position paid in full, or with cash
      // left, has no such price above 0; where sales have pressed the price to nothing, cash alone decides.
      let level = cash - cash * quantity / (held * pressed)
      liquidation = select(((cash * held) .< 0) & (pressed .> 0), level, liquidation)
    }
    liquidation = select((roomStart .<= 0) & (open .> 0), max(liquidation, start), liquidation)
    var watch = EquityWatch(
      open: open, start: start, end: end, low: low,
      levels: RuinLevels(
        liquidation: liquidation, equityBelow: watchesWithinStep ? Lanes(ruinEquity) : -Lanes.infinity,
        zeroEquity: watchesWithinStep ? .zero : -Lanes.infinity))
    watch.fails = low .<= watch.levels.first
    let isSeveral = open .> 1
    if state.assets > 1, isSeveral.isAny {
      let bridge = bridge(state, leg, market, group, isClose: isClose)
      let lowest = bridge.low(start, end, variance: bridge.equityVariance)
      let roomLow = bridge.low(roomStart, roomEnd, variance: bridge.roomVariance)
      watch.low = select(isSeveral, lowest, low)
      watch.variance = select(isSeveral, bridge.equityVariance, .zero)
      let level = max(watch.levels.equityBelow, watch.levels.zeroEquity)
      let isReached = lowest .<= level
      let isCalled = roomLow .<= 0
      let slope = select(bridge.roomVariance .> 0, bridge.covariance / max(bridge.roomVariance, 1e-300), .one)
      let expected = min(fma(-max(roomStart, .zero), slope, start), start)
      let call = select(isReached, expected, max(expected, level))
      watch.levels.liquidation = select(isSeveral, select(isCalled, call, -Lanes.infinity), liquidation)
      watch.fails = (isSeveral & (isReached | isCalled)) | (!isSeveral & watch.fails)
    }
    return watch
  }

  /// The bridge of several positions over a leg.
  @inline(__always)
  private func bridge(_ state: DeskState, _ leg: Leg, _ market: MarketStep, _ group: Int, isClose: Mask)
    -> AccountBridge
  {
    let assets = state.assets
    let maintenanceMargin = market.venue.demands[group].maintenanceMargin
    for asset in 0..<assets {
      let index = asset * state.groups + group
      let quantity = state.account.positions[index].quantity
      let pressed = max(state.venue.impact(index) + 1.0, .zero)
      let move = market.move(asset, market.prices(asset, group, leg))
      state.exposures[asset] = quantity * move
      state.exposures[assets + asset] =
        market.reference(asset) == nil
        ? (quantity - abs(quantity) * maintenanceMargin) * pressed * move : quantity * move
    }
    let view = state.exposures.view
    let exposures = UnsafeBufferPointer(rebasing: view[..<assets])
    let rooms = UnsafeBufferPointer(rebasing: view[assets...])
    let leans = state.overlay.placesStops && isClose.isAny
    guard let part = market.stressedPart(leg, group) else {
      var bridge = AccountBridge(exposures, rooms, state.covariances) { Lanes(correlation[$0 * assets + $1]) }
      bridge.draw = market.draws.draw(leg, market, group)
      if leans {
        let normals = market.draws.normals(leg, market, group)
        bridge.lean(normals, exposures, state.covariances, { extremes.of($0, $1, sameSide: $2) }, where: isClose)
      }
      return bridge
    }
    var bridge = AccountBridge(exposures, rooms, state.covariances) {
      market.dependence.correlation($0, $1, part: part, group: group)
    }
    bridge.draw = market.draws.draw(leg, market, group)
    if leans {
      let normals = market.draws.normals(leg, market, group)
      bridge.lean(
        normals, exposures, state.covariances,
        { ExtremesDependence.of(market.dependence.correlation($0, $1, part: part, group: group), sameSide: $2) },
        where: isClose)
    }
    return bridge
  }

  /// How low equity with several positions comes in a leg in which nothing happens: what `look` says of it, without the rest.
  @inline(never)
  func low(_ state: DeskState, _ leg: Leg, _ market: MarketStep, _ group: Int) -> Lanes {
    let cash = state.account.accounts[group].cash
    var start = cash
    var end = cash
    var variance = Lanes.zero
    for asset in 0..<state.assets {
      let prices = market.prices(asset, group, leg)
      let quantity = state.account.positions[asset * state.groups + group].quantity
      start = fma(quantity, prices.start, start)
      end = fma(quantity, prices.end, end)
      state.exposures[asset] = quantity * market.move(asset, prices)
    }
    let part = market.stressedPart(leg, group)
    for asset in 0..<state.assets {
      var covariance = Lanes.zero
      for other in 0..<state.assets {
        covariance = fma(state.exposures[other], rho(asset, other, market, part, group), covariance)
      }
      variance = fma(state.exposures[asset], covariance, variance)
    }
    var bridge = AccountBridge()
    bridge.draw = market.draws.draw(leg, market, group)
    return bridge.low(start, end, variance: max(variance, .zero))
  }

  /// The correlation of two assets in a leg.
  ///
  /// - Parameter part: the leg's sub-step of the step where events act on it; else nil.
  @inline(__always)
  private func rho(_ asset: Int, _ other: Int, _ market: MarketStep, _ part: Int?, _ group: Int) -> Lanes {
    guard let part else { return Lanes(correlation[asset * market.legs.assets + other]) }
    return market.dependence.correlation(asset, other, part: part, group: group)
  }

  /// The price of an asset at the moment when equity reaches the first level of ruin: there a forced sale happens.
  ///
  /// With one position the price follows from the level. With several, it is its expectation given the equity's change e
  /// on the bridge: X + Xσ·(Σⱼρᵢⱼnⱼ)/variance · e, so that Σ qᵢΔXᵢ = e exactly; where the equity's variance is 0, the
  /// point on the straight line between the leg's ends. Where a gap has passed the level, the leg's first price.
  func salePrice(
    _ asset: Int, _ state: DeskState, _ watch: EquityWatch, _ leg: Leg, _ market: MarketStep, _ group: Int
  ) -> Lanes {
    let level = watch.levels.first
    let change = level - watch.start
    let span = watch.end - watch.start
    let along = select(span .< 0, change / span, .zero)
    let prices = market.prices(asset, group, leg)
    let quantity = state.account.positions[asset * state.groups + group].quantity
    let own = (level - state.account.accounts[group].cash) / quantity
    var covariance = Lanes.zero
    let part = market.stressedPart(leg, group)
    for other in 0..<state.assets {
      let held = state.account.positions[other * state.groups + group].quantity
      covariance = fma(
        held * market.move(other, market.prices(other, group, leg)), rho(asset, other, market, part, group), covariance)
    }
    let slope = market.move(asset, prices) * covariance / watch.variance
    let several = select(
      watch.variance .> 0, prices.start + slope * change, fma(along, prices.end - prices.start, prices.start))
    let price = select(watch.open .> 1, several, own)
    // Where ruin does not come its level may stand nowhere, at −∞: no amount of 0 is to be multiplied by that.
    let isPassed = (level .>= watch.start) | !watch.fails
    let sale = select(isPassed | (quantity .== 0), prices.start, price)
    return market.reference(asset) == nil ? max(.zero, sale) : sale
  }
}
