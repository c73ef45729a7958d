import Documents
import Lanes
import Markets

/// Bounds the volatility that the wanted weights would have: all are scaled down together until the estimate √(w′Σw),
/// annualised, is at the target. It never scales up. Σ is a `CovarianceEstimate` of the steps seen so far, with nights apart:
/// so the bound is the same in the middle of a session and before its end.
package struct VolatilityTarget: RiskRule {
  /// Largest annualised volatility of the account, above 0.
  package let annualVolatility: Double
  /// Half-life of the weights, longer than nothing.
  package let halfLife: TradingSpan
  /// Half-life of the weights of nights, longer than nothing; without meaning where no session has several steps.
  package let overnightHalfLife: TradingSpan

  /// A target on the account's volatility.
  package init(annualVolatility: Double, halfLife: TradingSpan, overnightHalfLife: TradingSpan = .days(20)) {
    self.annualVolatility = annualVolatility
    self.halfLife = halfLife
    self.overnightHalfLife = overnightHalfLife
  }

  static let form = Form(
    Field(
      "annualVolatility", .number(.perSquareRootYear, in: .between(1e-6, 1000)),
      "largest volatility of the account, a year"),
    Field("halfLife", .positiveSpan, default: .steps(60), "half-life of the weights of past returns"),
    Field(
      "overnightHalfLife", .positiveSpan, default: .days(20),
      "half-life of the weights of past nights, where a session has several steps"),
    make: VolatilityTarget.init)

  /// What it does, in a sentence.
  static let story = Story("positions held to a volatility of {annualVolatility} a year")

  /// Two closes make the first return; before it nothing is bounded.
  package func lookBack(_ market: MarketTerms) -> Int { 2 }

  package func makeState(_ site: DeskSite) -> any RiskRuleState { State(self, site) }

  private final class State: RiskRuleState {
    let target: Double
    let assets: Int
    let groups: Int
    let estimate: CovarianceEstimate

    init(_ rule: VolatilityTarget, _ site: DeskSite) {
      target = rule.annualVolatility
      assets = site.market.assets.count
      groups = site.groups
      estimate = .shared(site, halfLife: rule.halfLife, overnightHalfLife: rule.overnightHalfLife)
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      guard estimate.isKnown else { return }
      Self.bound(wanted, estimate.annual, &bounds, target: target, assets: assets, groups: groups)
    }

    private static func bound(
      _ wanted: ContiguousArray<Lanes>, _ covariance: ContiguousArray<Lanes>,
      _ bounds: inout BoundsTile, target: Double, assets: Int, groups: Int
    ) {
      let covariance = covariance.span
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
        let exceeds = variance .> target * target
        if exceeds.isAny {
          let volatility = sqrt(select(exceeds, variance, .one))
          bounds.scale(wanted, by: select(exceeds, target / volatility, .one), group: group)
        }
      }
    }
  }
}
