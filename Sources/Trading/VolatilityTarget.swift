import Documents
import Lanes
import Markets

/// Bounds the volatility that the wanted weights would have: all are scaled down together until the estimate √(w′Σw),
/// annualised, is at the target. It never scales up.
///
/// Σ is the exponentially weighted covariance of the simple returns of the steps seen so far, warm-up included, about a
/// mean of 0, corrected for its start: Σₙ = Σ(1 − λ)λ^(n−k) r_k r_k′ / (1 − λⁿ), λ = 2^(−step/halfLife).
/// Source: J.P. Morgan/Reuters (1996), RiskMetrics Technical Document, section 5.2.
package struct VolatilityTarget: RiskRule {
  /// Largest annualised volatility of the account, above 0.
  package let annualVolatility: Double
  /// Half-life of the weights, longer than nothing.
  package let halfLife: StepSpan

  /// A target on the account's volatility.
  package init(annualVolatility: Double, halfLife: StepSpan) {
    self.annualVolatility = annualVolatility
    self.halfLife = halfLife
  }

  static let form = Form(
    Field("annualVolatility", .number(.perSquareRootYear, in: .above(0)), "largest volatility of the account, a year"),
    Field("halfLife", .positiveSpan, default: .steps(60), "half-life of the weights of past returns"),
    make: VolatilityTarget.init)

  package func lookBack(_ market: MarketDescription) -> Int { 2 }

  package func makeState(_ market: MarketDescription, groups: Int) -> any RiskRuleState {
    State(self, market, groups: groups)
  }

  private final class State: RiskRuleState {
    let target: Double
    let kept: Double
    let stepsPerYear: Double
    let assets: Int
    let groups: Int
    /// `[(asset · assets + other) · groups + group]`, other ≤ asset.
    var covariance: ContiguousArray<Lanes>
    /// `[asset * groups + group]`: the last close, then the last return.
    var lastClose: ContiguousArray<Lanes>
    var returns: ContiguousArray<Lanes>
    var seen = 0
    /// λⁿ, by multiplication.
    var startWeight = 1.0

    init(_ rule: VolatilityTarget, _ market: MarketDescription, groups: Int) {
      target = rule.annualVolatility
      kept = rule.halfLife.keptPerStep(market.clock)
      stepsPerYear = 1 / market.clock.years(1)
      assets = market.assets.count
      self.groups = groups
      covariance = ContiguousArray(repeating: .zero, count: assets * assets * groups)
      lastClose = ContiguousArray(repeating: .zero, count: assets * groups)
      returns = ContiguousArray(repeating: .zero, count: assets * groups)
    }

    func reset() {
      seen = 0
      startWeight = 1
      for index in covariance.indices { covariance[index] = .zero }
    }

    func observe(_ tile: MarketTile) {
      Self.measure(&returns, &lastClose, tile.bars)
      seen += 1
      guard seen > 1 else { return }
      startWeight *= kept
      Self.update(&covariance, returns, kept: kept, assets: assets, groups: groups)
    }

    private static func measure(
      _ returns: inout ContiguousArray<Lanes>, _ lastClose: inout ContiguousArray<Lanes>,
      _ bars: ContiguousArray<AssetStep>
    ) {
      let bars = bars.span
      var returns = returns.mutableSpan
      var lastClose = lastClose.mutableSpan
      for index in bars.indices {
        let close = bars[index].close
        // A price that severity has driven to 0 returns nothing.
        returns[index] = select(lastClose[index] .> 0, close / lastClose[index] - 1.0, .zero)
        lastClose[index] = close
      }
    }

    private static func update(
      _ covariance: inout ContiguousArray<Lanes>, _ returns: ContiguousArray<Lanes>, kept: Double, assets: Int,
      groups: Int
    ) {
      let returns = returns.span
      var covariance = covariance.mutableSpan
      for asset in 0..<assets {
        for other in 0...asset {
          for group in 0..<groups {
            let product = returns[asset * groups + group] * returns[other * groups + group]
            let index = (asset * assets + other) * groups + group
            covariance[index] = fma(covariance[index], Lanes(kept), product * (1 - kept))
          }
        }
      }
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountTile, _ tile: MarketTile,
      _ bounds: inout ContiguousArray<PositionBounds>
    ) {
      guard seen > 1 else { return }
      let annualised = stepsPerYear / (1 - startWeight)
      let wanted = wanted.span
      let estimate = self.covariance
      let covariance = estimate.span
      var bounds = bounds.mutableSpan
      for group in 0..<groups {
        var variance = Lanes.zero
        for asset in 0..<assets {
          let weight = wanted[asset * groups + group]
          for other in 0...asset {
            let twice = other == asset ? 1.0 : 2.0
            let term = weight * wanted[other * groups + group] * covariance[(asset * assets + other) * groups + group]
            variance = fma(term, Lanes(twice), variance)
          }
        }
        let volatility = sqrt(max(.zero, variance * annualised))
        let scale = min(Lanes.one, target / volatility)
        for asset in 0..<assets {
          let index = asset * groups + group
          bounds[index].narrow(to: wanted[index] * scale)
        }
      }
    }
  }
}
