import Documents
import Lanes

/// Bounds every position to flat once the account has lost a fraction of its peak, and for a cool-down after that.
///
/// Watched at closes. When the cool-down ends the peak starts anew at the equity of that close: otherwise the rule
/// would close the account for ever.
package struct DrawdownLimit: RiskRule {
  /// The drawdown from the running peak that triggers the rule, a fraction in 0…1.
  package let drawdown: Double
  /// How long positions stay bounded to flat; a step at least.
  package let coolDown: TradingSpan

  /// A limit on the drawdown.
  package init(drawdown: Double, coolDown: TradingSpan) {
    self.drawdown = drawdown
    self.coolDown = coolDown
  }

  static let form = Form(
    Field("drawdown", .number(.fractionOfEquity, in: .above(0, below: 1)), "drawdown from the peak that closes all"),
    Field("coolDown", .span, default: .steps(120), "how long everything stays flat; a step at least"),
    make: DrawdownLimit.init)

  /// What it does, in a sentence.
  static let story = Story("all closed at a drawdown of {drawdown}", ", then flat for {coolDown}")

  package func makeState(_ site: DeskSite) -> any RiskRuleState {
    State(
      drawdown: drawdown, coolDown: max(1, coolDown.stepsCovering(site.market.clock)), assets: site.market.assets.count,
      groups: site.groups)
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
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      Self.watch(
        &peak, &freeFrom, &isClosed, account.accounts, drawdown: drawdown, coolDown: coolDown, step: market.step)
      for group in 0..<groups where isClosed[group].isAny {
        for asset in 0..<assets { bounds.close(asset: asset, group: group, where: isClosed[group]) }
      }
    }

    private static func watch(
      _ peak: inout ContiguousArray<Lanes>, _ freeFrom: inout ContiguousArray<Lanes>,
      _ isClosed: inout ContiguousArray<Mask>, _ accounts: UnsafeBufferPointer<Account>, drawdown: Double,
      coolDown: Int, step: Int
    ) {
      let now = Lanes(Double(step))
      var peak = peak.mutableSpan
      var freeFrom = freeFrom.mutableSpan
      var isClosed = isClosed.mutableSpan
      for group in peak.indices {
        let equity = accounts[group].equity
        let reopens = isClosed[group] & (now .>= freeFrom[group])
        isClosed[group] = isClosed[group] & !reopens
        peak[group] = max(select(reopens, equity, peak[group]), equity)
        let triggers = !isClosed[group] & (equity .<= peak[group] * (1 - drawdown))
        freeFrom[group].replace(with: Double(step + coolDown), where: triggers)
        isClosed[group] = isClosed[group] | triggers
      }
    }
  }
}
