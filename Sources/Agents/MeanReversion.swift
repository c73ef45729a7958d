import Documents
import Lanes
import Markets
import Trading

/// Bets on a return to the mean: buys when the close is `entry` deviations under its moving average, sells short when
/// it is as far over it, and closes when it is back within `exit`.
///
/// Mean and variance are exponentially weighted with one half-life: d = close − m; m ← m + a·d; v ← (1 − a)(v + a·d²),
/// with a = 1 − 2^(−step/halfLife) (Finch 2009, "Incremental calculation of weighted mean and variance", eq. 143); the
/// score is (close − m)/√v.
package struct MeanReversion: Agent {
  /// Half-life of mean and variance.
  package let halfLife: TradingSpan
  /// Deviations at which it opens, above `exit`.
  package let entry: Double
  /// Deviations within which it closes, at least 0.
  package let exit: Double
  /// Gross leverage when in the market.
  package let leverage: Double
  /// Share of the leverage by asset.
  package let weights: AssetWeights
  /// Whether it goes short; flat otherwise.
  package let short: Bool

  /// A mean-reversion trader.
  package init(
    halfLife: TradingSpan, entry: Double, exit: Double, leverage: Double, weights: AssetWeights, short: Bool
  ) {
    self.halfLife = halfLife
    self.entry = entry
    self.exit = exit
    self.leverage = leverage
    self.weights = weights
    self.short = short
  }

  static let form = Form(
    Field("halfLife", .positiveSpan, default: .steps(30), "half-life of the moving mean and variance"),
    Field("entry", .number(.none, in: .between(1e-6, 1e6)), default: 2, "deviations from the mean at which it opens"),
    Field("exit", .number(.none, in: .between(0, 1e6)), default: 0.5, "deviations within which it closes"),
    Field("leverage", .number(.factor, in: .between(0, 10_000)), default: 1, "gross leverage when in the market"),
    Field("weights", .assetWeights, default: .equal, "share of the leverage by asset; equal when left out"),
    Field("short", .boolean, default: true, "sell short above the mean, rather than stay flat"),
    make: { (halfLife, entry, exit, leverage, weights, short) throws(FormViolation) in
      guard exit < entry else { throw FormViolation("exit", "not under entry: it would close what it opens") }
      return MeanReversion(
        halfLife: halfLife, entry: entry, exit: exit, leverage: leverage, weights: weights, short: short)
    })

  package var assetNames: [String] { weights.byAsset.keys.sorted() }
  package var targetLeverage: Double? { leverage }

  /// Two half-lives, so that the start has lost three quarters of its weight.
  package func lookBack(_ market: MarketTerms) -> Int { 2 * halfLife.stepsCovering(market.clock) }

  package func makeSeat(_ site: DeskSite) -> any Seat {
    MeanReversionSeat(self, site)
  }

  private final class MeanReversionSeat: Seat {
    let targets: [Double]
    let share: Double
    let entry: Double
    let exit: Double
    let isShort: Bool
    let groups: Int
    var mean: ContiguousArray<Lanes>
    var variance: ContiguousArray<Lanes>
    var working: PositionTargets
    var hasStarted = false

    init(_ agent: MeanReversion, _ site: DeskSite) {
      targets = agent.weights.resolved(site.market.assets).map { $0 * agent.leverage }
      share = 1 - agent.halfLife.keptPerStep(site.market.clock)
      entry = agent.entry
      exit = agent.exit
      isShort = agent.short
      groups = site.groups
      mean = ContiguousArray(repeating: .zero, count: targets.count * groups)
      variance = mean
      working = PositionTargets(count: mean.count)
    }

    func reset() {
      hasStarted = false
      working.reset()
    }

    func observe(_ market: MarketView) {
      Self.follow(&mean, &variance, market.bars, share: share, isFirst: !hasStarted)
      hasStarted = true
    }

    private static func follow(
      _ mean: inout ContiguousArray<Lanes>, _ variance: inout ContiguousArray<Lanes>,
      _ bars: ContiguousArray<AssetStep>, share: Double, isFirst: Bool
    ) {
      let bars = bars.span
      var mean = mean.mutableSpan
      var variance = variance.mutableSpan
      for index in bars.indices {
        let close = bars[index].close
        let distance = isFirst ? .zero : close - mean[index]
        mean[index] = isFirst ? close : fma(distance, Lanes(share), mean[index])
        variance[index] = isFirst ? .zero : (variance[index] + distance * distance * share) * (1 - share)
      }
    }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      let bars = market.bars
      let steps = bars.span
      let state = (mean: mean, variance: variance)
      let mean = state.mean.span
      let variance = state.variance.span
      let weights = targets
      let (entry, exit, isShort, groups) = (entry, exit, isShort, groups)
      working.decide(account, &decisions) { asset, group, quantity, isFlat in
        let index = asset * groups + group
        let target = Lanes(weights[asset])
        let distance = steps[index].close - mean[index]
        let deviation = sqrt(variance[index])
        let opens = abs(distance) .> deviation * entry
        let closes = abs(distance) .<= deviation * exit
        let side = select(distance .< 0, target, isShort ? -target : .zero)
        let turns = opens & (isFlat | ((quantity * side) .<= 0))
        return (select(opens, side, .zero), turns | closes)
      }
    }
  }
}
