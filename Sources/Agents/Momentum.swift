import Documents
import Lanes
import Markets
import Trading

/// Follows the trend: long where the fast moving average of closes is over the slow one, short (or flat) where it is
/// under it.
///
/// The averages are exponential, with half-lives, started at the first close seen:
/// m ← m + (1 − 2^(−step/halfLife))·(close − m). It decides when the sign changes, and holds the quantity between.
package struct Momentum: Agent {
  /// Half-life of the fast average.
  package let fast: TradingSpan
  /// Half-life of the slow average, longer than the fast one's.
  package let slow: TradingSpan
  /// Gross leverage when in the market.
  package let leverage: Double
  /// Share of the leverage by asset.
  package let weights: AssetWeights
  /// Whether it goes short; flat otherwise.
  package let short: Bool

  /// A trend follower.
  package init(fast: TradingSpan, slow: TradingSpan, leverage: Double, weights: AssetWeights, short: Bool) {
    self.fast = fast
    self.slow = slow
    self.leverage = leverage
    self.weights = weights
    self.short = short
  }

  static let form = Form(
    Field("fast", .positiveSpan, default: .steps(10), "half-life of the fast moving average"),
    Field("slow", .positiveSpan, default: .steps(50), "half-life of the slow one"),
    Field("leverage", .number(.factor, in: .between(0, 10_000)), default: 1, "gross leverage when in the market"),
    Field("weights", .assetWeights, default: .equal, "share of the leverage by asset; equal when left out"),
    Field("short", .boolean, default: true, "sell short in a falling trend, rather than stay flat"),
    make: Momentum.init)

  package var assetNames: [String] { weights.byAsset.keys.sorted() }
  package var targetLeverage: Double? { leverage }

  /// One half-life of the slow average, so that the start has lost half of its weight.
  package func lookBack(_ market: MarketTerms) -> Int { slow.stepsCovering(market.clock) }

  package func makeSeat(_ site: DeskSite) -> any Seat {
    MomentumSeat(self, site)
  }

  private final class MomentumSeat: Seat {
    let targets: [Double]
    let fastShare: Double
    let slowShare: Double
    let isShort: Bool
    let groups: Int
    var fastMean: ContiguousArray<Lanes>
    var slowMean: ContiguousArray<Lanes>
    var working: PositionTargets
    var hasStarted = false

    init(_ agent: Momentum, _ site: DeskSite) {
      targets = agent.weights.resolved(site.market.assets).map { $0 * agent.leverage }
      fastShare = 1 - agent.fast.keptPerStep(site.market.clock)
      slowShare = 1 - agent.slow.keptPerStep(site.market.clock)
      isShort = agent.short
      groups = site.groups
      fastMean = ContiguousArray(repeating: .zero, count: targets.count * groups)
      slowMean = fastMean
      working = PositionTargets(count: fastMean.count)
    }

    func reset() {
      hasStarted = false
      working.reset()
      for index in fastMean.indices {
        fastMean[index] = .zero
        slowMean[index] = .zero
      }
    }

    func observe(_ market: MarketView) {
      Self.follow(&fastMean, market.bars, share: hasStarted ? fastShare : 1)
      Self.follow(&slowMean, market.bars, share: hasStarted ? slowShare : 1)
      hasStarted = true
    }

    private static func follow(_ mean: inout ContiguousArray<Lanes>, _ bars: ContiguousArray<AssetStep>, share: Double)
    {
      let bars = bars.span
      var mean = mean.mutableSpan
      for index in bars.indices { mean[index] = fma(bars[index].close - mean[index], Lanes(share), mean[index]) }
    }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      let means = (fast: fastMean, slow: slowMean)
      let fastMean = means.fast.span
      let slowMean = means.slow.span
      let weights = targets
      let isShort = isShort
      let groups = groups
      working.decide(account, &decisions) { asset, group, quantity, isFlat in
        let index = asset * groups + group
        let side = PositionTargets.side(
          of: fastMean[index] - slowMean[index], Lanes(weights[asset]), isShort: isShort, quantity)
        return (side.weight, !side.isTaken | isFlat)
      }
    }
  }
}
