import Documents
import Lanes
import Markets

/// Bounds every position to flat once the account has lost a fraction of its peak, and for a cool-down after that.
///
/// Watched at closes. When the cool-down ends the peak starts anew at the equity of that close: otherwise the rule
/// would close the account for ever.
package struct DrawdownLimit: RiskRule {
  /// The drawdown from the running peak that triggers the rule, a fraction in 0…1.
  package let drawdown: Double
  /// How long positions stay bounded to flat; a step at least.
  package let coolDown: StepSpan

  /// A limit on the drawdown.
  package init(drawdown: Double, coolDown: StepSpan) {
    self.drawdown = drawdown
    self.coolDown = coolDown
  }

  static let form = Form(
    Field("drawdown", .number(.fractionOfEquity, in: .above(0, below: 1)), "drawdown from the peak that closes all"),
    Field("coolDown", .span, default: .steps(120), "how long everything stays flat; a step at least"),
    make: DrawdownLimit.init)

  package func makeState(_ market: MarketDescription, groups: Int) -> any RiskRuleState {
    State(
      drawdown: drawdown, coolDown: max(1, coolDown.stepsCovering(market.clock)), assets: market.assets.count,
      groups: groups)
  }

  private final class State: RiskRuleState {
    let drawdown: Double
    let coolDown: Int
    let assets: Int
    let groups: Int
    /// `[group]`.
    var peak: ContiguousArray<Lanes>
    var freeFrom: ContiguousArray<Lanes>
    var isClosed: ContiguousArray<Mask>

    init(drawdown: Double, coolDown: Int, assets: Int, groups: Int) {
      self.drawdown = drawdown
      self.coolDown = coolDown
      self.assets = assets
      self.groups = groups
      peak = ContiguousArray(repeating: .zero, count: groups)
      freeFrom = ContiguousArray(repeating: .zero, count: groups)
      isClosed = ContiguousArray(repeating: .none, count: groups)
    }

    func reset() {
      for group in 0..<groups {
        peak[group] = .zero
        isClosed[group] = .none
      }
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountTile, _ tile: MarketTile,
      _ bounds: inout ContiguousArray<PositionBounds>
    ) {
      let now = Lanes(Double(tile.step))
      for group in 0..<groups {
        let equity = account.accounts[group].equity
        let reopens = isClosed[group] & (now .>= freeFrom[group])
        isClosed[group] = isClosed[group] & !reopens
        peak[group] = max(select(reopens, equity, peak[group]), equity)
        let triggers = !isClosed[group] & (equity .<= peak[group] * (1 - drawdown))
        freeFrom[group].replace(with: Double(tile.step + coolDown), where: triggers)
        isClosed[group] = isClosed[group] | triggers
        for asset in 0..<assets { bounds[asset * groups + group].close(where: isClosed[group]) }
      }
    }
  }
}
