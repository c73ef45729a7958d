import Documents
import Lanes
import Markets

/// Bounds the volatility that the wanted weights would have: all are scaled down together until the estimate √(w′Σw),
/// annualised, is at the target. It never scales up. Σ is a `CovarianceEstimate` of the steps seen so far.
package struct VolatilityTarget: RiskRule {
  /// Largest annualised volatility of the account, above 0.
  package let annualVolatility: Double
  /// Half-life of the weights, longer than nothing.
  package let halfLife: TradingSpan

  /// A target on the account's volatility.
  package init(annualVolatility: Double, halfLife: TradingSpan) {
    self.annualVolatility = annualVolatility
    self.halfLife = halfLife
  }

  static let form = Form(
    Field("annualVolatility", .number(.perSquareRootYear, in: .above(0)), "largest volatility of the account, a year"),
    Field("halfLife", .positiveSpan, default: .steps(60), "half-life of the weights of past returns"),
    make: VolatilityTarget.init)

  /// Two closes make the first return; before it nothing is bounded.
  package func lookBack(_ market: MarketTerms) -> Int { 2 }

  package func makeState(_ site: DeskSite) -> any RiskRuleState { State(self, site) }

  private final class State: RiskRuleState {
    let target: Double
    let stepsPerYear: Double
    let assets: Int
    let groups: Int
    let estimate: CovarianceEstimate

    init(_ rule: VolatilityTarget, _ site: DeskSite) {
      target = rule.annualVolatility
      stepsPerYear = 1 / site.market.clock.years(1)
      assets = site.market.assets.count
      groups = site.groups
      estimate = .shared(site, halfLife: rule.halfLife)
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      guard let seenWeight = estimate.seenWeight else { return }
      Self.bound(
        wanted, estimate.covariance, &bounds, target: target, annualised: stepsPerYear / seenWeight, assets: assets,
        groups: groups)
    }

    private static func bound(
      _ wanted: ContiguousArray<Lanes>, _ covariance: ContiguousArray<Lanes>,
      _ bounds: inout BoundsTile, target: Double, annualised: Double, assets: Int, groups: Int
    ) {
      let covariance = covariance.span
      let mostVariance = target * target / annualised
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
        let exceeds = variance .> mostVariance
        if exceeds.isAny {
          let volatility = sqrt(select(exceeds, variance * annualised, .one))
          bounds.scale(wanted, by: select(exceeds, target / volatility, .one), group: group)
        }
      }
    }
  }
}
