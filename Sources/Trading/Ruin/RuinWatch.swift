import Lanes
import Markets

/// Watches a desk's equity on its way through a part of a step, and gives the levels at which it is ruined.
struct RuinWatch: Sendable {
  /// Equity at or under which a desk is ruined, in quote currency.
  let ruinEquity: Double
  /// Whether the study watches equity within steps; the venue's margin call always works there.
  let watchesWithinStep: Bool
  private let maintenanceMargin: Double
  /// Correlations of the assets' diffusions, row after row.
  private let correlation: ContiguousArray<Double>
  /// Fraction of a step after which orders arrive.
  private let arrivalFraction: Double

  init(_ terms: DeskTerms, _ venue: Venue, _ market: MarketDescription) {
    ruinEquity = terms.ruin.equityBelow * terms.startEquity
    watchesWithinStep = terms.ruin.monitored == .withinStep
    maintenanceMargin = venue.maintenanceMargin
    correlation = ContiguousArray(market.correlation.joined())
    arrivalFraction = market.arrivalFraction
  }

  /// Equity over a part of a step, as far as it is needed to know that nothing happens.
  struct Glance {
    /// Where a position is open.
    let isHeld: Mask
    /// Lowest equity on the way, as in `EquityWatch`.
    let low: Lanes
    /// Where ruin may come or a stop is touched: only there the whole `look` is needed.
    let mayHappen: Mask
  }

  /// Whether ruin or a stop may come in a part of a step: without a division, and on the safe side by rounding.
  ///
  /// With one position the margin call comes where cash + (q − m|q|)(1 + I)X at the adverse extreme falls to 0; with
  /// several by the level of `look`, to the last bit. Where sales have pressed the price to nothing, `look` decides.
  @inline(__always)
  func glance(_ state: DeskState, _ part: StepPart, _ market: MarketStep, _ group: Int) -> Glance {
    let cash = state.account.accounts[group].cash
    var open = Lanes.zero
    var start = cash
    var end = cash
    var low = cash
    var free = cash
    var traded = cash
    var gross = Lanes.zero
    var variance = Lanes.zero
    var touched = Mask.none
    let isPaired = state.assets > 1
    for asset in 0..<state.assets {
      let index = asset * state.groups + group
      let quantity = state.account.positions[index].quantity
      let prices = PartPrices(market, index, part)
      let adverse = prices.adverse(quantity)
      let size = abs(quantity)
      let pressed = state.venue.impact(index) + 1.0
      let isHeld = size .> 0
      open += select(isHeld, .one, .zero)
      touched = touched | (isHeld & (pressed .<= 0))
      start = fma(quantity, prices.start, start)
      end = fma(quantity, prices.end, end)
      low = fma(quantity, adverse, low)
      free = fma(fma(-size, Lanes(maintenanceMargin), quantity) * pressed, adverse, free)
      if state.overlay.placesStops {
        touched =
          touched | state.resting.stopIsTouched(asset, group, quantity, low: prices.low, high: prices.high)
      }
      if isPaired {
        traded = fma(quantity * pressed, prices.start, traded)
        gross = fma(size * pressed, prices.start, gross)
        // nᵢ(nᵢ + 2Σⱼρᵢⱼnⱼ) over the assets before this one: the sum is Σᵢⱼ nᵢnⱼρᵢⱼ.
        let exposure = quantity * prices.start * market.volatility(index)
        state.exposures[asset] = exposure
        var sum = exposure
        for other in 0..<asset {
          sum = fma(state.exposures[other], Lanes(2 * correlation[asset * state.assets + other]), sum)
        }
        variance = fma(exposure, sum, variance)
      }
    }
    let ruin = watchesWithinStep ? Lanes(max(ruinEquity, 0)) : -Lanes.infinity
    var mayRuin = (low .<= ruin) | (free .<= abs(cash) * 1e-9)
    if isPaired {
      let isSeveral = open .> 1
      if isSeveral.isAny {
        let draws = market.bridgeDraws[group]
        let draw = part == .beforeArrival ? draws.before : draws.after
        let span = end - start
        let reach = sqrt(max(.zero, fma(span, span, variance * share(of: part) * draw)))
        let bridgeLow = min((start + end - reach) * 0.5, min(start, end))
        low = select(isSeveral, bridgeLow, low)
        let call = max(ruin, fma(gross, Lanes(maintenanceMargin), start - traded))
        mayRuin = (isSeveral & (low .<= call)) | (!isSeveral & mayRuin)
      }
    }
    return Glance(isHeld: open .> 0, low: low, mayHappen: mayRuin | touched)
  }

  /// Equity over a part of a step under the positions as they are, and the levels of ruin.
  ///
  /// Margin is checked at traded prices X·(1 + I). With one position the liquidation level solves
  /// cash + qX(1+I) = m|q|X(1+I); with several it is m·gross less the impact's share, at the part's start.
  @inline(never)
  func look(
    _ account: AccountTile, _ venue: VenueBooks, _ part: StepPart, _ market: MarketStep, _ group: Int
  ) -> EquityWatch {
    let cash = account.accounts[group].cash
    var open = Lanes.zero
    var start = cash
    var end = cash
    var low = cash
    var traded = cash
    var gross = Lanes.zero
    var liquidation = -Lanes.infinity
    for asset in 0..<account.assets {
      let index = asset * account.groups + group
      let quantity = account.positions[index].quantity
      let prices = PartPrices(market, index, part)
      open += select(quantity .!= 0, .one, .zero)
      start = fma(quantity, prices.start, start)
      end = fma(quantity, prices.end, end)
      low = fma(quantity, prices.adverse(quantity), low)
      let pressed = venue.impact(index) + 1.0
      traded = fma(quantity * pressed, prices.start, traded)
      gross = fma(abs(quantity) * pressed, prices.start, gross)
      // With one position: the equity at the price where the margin is used up.
      let held = quantity - abs(quantity) * maintenanceMargin
      let level = cash - cash * quantity / (held * pressed)
      // A long position paid in full, or with cash left, has no such price above 0.
      liquidation = select((cash * held) .< 0, level, liquidation)
    }
    var watch = EquityWatch(
      open: open, start: start, end: end, low: low,
      levels: RuinLevels(
        liquidation: liquidation, equityBelow: watchesWithinStep ? Lanes(ruinEquity) : -Lanes.infinity,
        zeroEquity: watchesWithinStep ? .zero : -Lanes.infinity))
    if account.assets > 1 {
      let isSeveral = open .> 1
      if isSeveral.isAny {
        let bridge = bridge(account, part, market, group, start: start, end: end)
        watch.low = select(isSeveral, bridge.low, low)
        watch.variance = select(isSeveral, bridge.variance, .zero)
        let callAt = fma(gross, Lanes(maintenanceMargin), start - traded)
        watch.levels.liquidation = select(isSeveral, callAt, liquidation)
      }
    }
    return watch
  }

  /// The lowest equity on its Brownian bridge over a part of a step, and the bridge's variance.
  ///
  /// variance = Σᵢⱼ nᵢnⱼρᵢⱼ with nᵢ = qᵢXᵢσᵢ and σᵢ the volatility that was drawn for the step, times the part's share of
  /// it; low = ½(a + b − √((b − a)² − 2·variance·ln U)), one draw U a path and part, the same for all desks.
  @inline(__always)
  private func bridge(
    _ account: AccountTile, _ part: StepPart, _ market: MarketStep, _ group: Int, start: Lanes, end: Lanes
  ) -> (low: Lanes, variance: Lanes) {
    var variance = Lanes.zero
    // In the order of `glance`, to the last bit: a path must not show whether another one of its group was looked at.
    for asset in 0..<account.assets {
      let own = exposure(account, asset, part, market, group)
      var sum = own
      for other in 0..<asset {
        let weight = Lanes(2 * correlation[asset * account.assets + other])
        sum = fma(exposure(account, other, part, market, group), weight, sum)
      }
      variance = fma(own, sum, variance)
    }
    variance = variance * share(of: part)
    let draws = market.bridgeDraws[group]
    let draw = part == .beforeArrival ? draws.before : draws.after
    let span = end - start
    let low = (start + end - sqrt(max(.zero, fma(span, span, variance * draw)))) * 0.5
    return (min(low, min(start, end)), variance)
  }

  /// A part's share of the step's variance.
  @inline(__always)
  private func share(of part: StepPart) -> Double { part == .beforeArrival ? arrivalFraction : 1 - arrivalFraction }

  /// nᵢ = qᵢXᵢσᵢ at the part's start.
  @inline(__always)
  private func exposure(
    _ account: AccountTile, _ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int
  ) -> Lanes {
    let index = asset * account.groups + group
    return account.positions[index].quantity * PartPrices(market, index, part).start * market.volatility(index)
  }

  /// Σⱼ ρᵢⱼnⱼ.
  @inline(__always)
  private func covariance(
    _ account: AccountTile, _ asset: Int, _ part: StepPart, _ market: MarketStep, _ group: Int
  ) -> Lanes {
    var sum = Lanes.zero
    for other in 0..<account.assets {
      sum = fma(exposure(account, other, part, market, group), Lanes(correlation[asset * account.assets + other]), sum)
    }
    return sum
  }

  /// The price of an asset at the moment when equity reaches the first level of ruin: there a forced sale happens.
  ///
  /// With one position the price follows from the level. With several, it is its expectation given the equity's change e
  /// on the bridge: X + Xσ·(Σⱼρᵢⱼnⱼ)/variance · e, so that Σ qᵢΔXᵢ = e exactly; where the equity's variance is 0, the
  /// point on the straight line between the part's ends. Where a gap has passed the level, the part's first price.
  func salePrice(
    _ asset: Int, _ account: AccountTile, _ watch: EquityWatch, _ part: StepPart, _ market: MarketStep, _ group: Int
  ) -> Lanes {
    let level = watch.levels.first
    let change = level - watch.start
    let span = watch.end - watch.start
    let along = select(span .< 0, change / span, .zero)
    let index = asset * account.groups + group
    let prices = PartPrices(market, index, part)
    let quantity = account.positions[index].quantity
    let own = (level - account.accounts[group].cash) / quantity
    let slope =
      prices.start * market.volatility(index) * covariance(account, asset, part, market, group) * share(of: part)
      / watch.variance
    let several = select(
      watch.variance .> 0, prices.start + slope * change, fma(along, prices.end - prices.start, prices.start))
    let price = select(watch.open .> 1, several, own)
    let isPassed = level .>= watch.start
    return max(.zero, select(isPassed | (quantity .== 0), prices.start, price))
  }
}
