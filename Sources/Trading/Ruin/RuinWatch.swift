import Lanes
import Markets

/// Watches a desk's equity on its way through a part of a step, and gives the levels at which it is ruined.
struct RuinWatch: Sendable {
  /// Equity at or under which a desk is ruined, in quote currency.
  let ruinEquity: Double
  /// Whether the study watches equity within steps; the venue's margin call always works there.
  let watchesWithinStep: Bool
  private let maintenanceMargin: Double
  /// Correlations of the assets' diffusions.
  private let correlation: [[Double]]
  /// Fraction of a step after which orders arrive.
  private let arrivalFraction: Double

  init(_ terms: DeskTerms, _ venue: Venue, _ market: MarketDescription) {
    ruinEquity = terms.ruin.equityBelow * terms.startEquity
    watchesWithinStep = terms.ruin.monitored == .withinStep
    maintenanceMargin = venue.maintenanceMargin
    correlation = market.correlation
    arrivalFraction = market.arrivalFraction
  }

  /// Equity over a part of a step under the positions as they are, and the levels of ruin.
  ///
  /// Margin is checked at traded prices X·(1 + I). With one position the liquidation level solves
  /// cash + qX(1+I) = m|q|X(1+I); with several it is m·gross less the impact's share, at the part's start.
  @inline(__always)
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
    for asset in 0..<account.assets {
      variance = fma(
        exposure(account, asset, part, market, group), covariance(account, asset, part, market, group), variance)
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
      sum = fma(exposure(account, other, part, market, group), Lanes(correlation[asset][other]), sum)
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
