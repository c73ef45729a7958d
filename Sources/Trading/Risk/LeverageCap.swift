import Documents
import Lanes

/// Bounds gross leverage Σ|q|X/E: all wanted weights are scaled down together until it holds.
package struct LeverageCap: RiskRule {
  /// Largest gross leverage, above 0.
  package let leverage: Double

  /// A cap on gross leverage.
  package init(leverage: Double) { self.leverage = leverage }

  static let form = Form(
    Field("leverage", .number(.factor, in: .between(1e-6, 1e6)), "largest gross leverage"),
    make: LeverageCap.init)

  /// What it does, in a sentence.
  static let story = Story("leverage at most {leverage}")

  package func makeState(_ site: DeskSite) -> any RiskRuleState {
    State(leverage: leverage, assets: site.market.assets.count, groups: site.groups)
  }

  private final class State: RiskRuleState {
    let leverage: Double
    let assets: Int
    let groups: Int

    init(leverage: Double, assets: Int, groups: Int) {
      self.leverage = leverage
      self.assets = assets
      self.groups = groups
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      for group in 0..<groups {
        var gross = Lanes.zero
        for asset in 0..<assets { gross += abs(wanted[asset * groups + group]) }
        // 1 exactly where the cap doesn't bind, so that it leaves no trace there.
        let exceeds = gross .> leverage
        if exceeds.isAny { bounds.scale(wanted, by: select(exceeds, leverage / gross, .one), group: group) }
      }
    }
  }
}
