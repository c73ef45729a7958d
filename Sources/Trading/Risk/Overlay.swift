import Lanes

/// A desk's risk overlay: intersects the bounds of its rules, turns wanted weights into allowed ones, and says where the
/// stops on positions stand.
struct Overlay {
  private let states: [any RiskRuleState]
  /// Those that place stops.
  private let stopping: [any RiskRuleState]
  private var bounds: BoundsTile
  /// Whether stops move at closes.
  let movesStops: Bool

  init(_ rules: [any RiskRule], _ site: DeskSite) {
    states = rules.map { $0.makeState(site) }
    stopping = states.filter { $0.stopPlacement != .never }
    movesStops = states.contains { $0.stopPlacement == .atCloses }
    bounds = BoundsTile(assets: site.market.assets.count, groups: site.groups)
  }

  /// Whether any rule stands between the agent and the venue.
  var isEmpty: Bool { states.isEmpty }

  /// Whether any rule places stops.
  var placesStops: Bool { !stopping.isEmpty }

  func reset() {
    for state in states { state.reset() }
  }

  func observe(_ market: MarketView, _ account: AccountView) {
    for state in states { state.observe(market, account) }
  }

  /// Lets the rules place the stops on the positions of some groups anew.
  func placeStops(_ account: AccountTile, groups: Range<Int>, _ stops: StopPrices) {
    for asset in 0..<account.assets {
      for group in groups {
        stops.clear(account.positions[asset * account.groups + group], asset: asset, group: group)
      }
    }
    let view = AccountView(account)
    for state in stopping { state.placeStops(view, groups: groups, stops) }
  }

  func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
    for state in states { state.stopped(asset: asset, group: group, where: mask, step: step) }
  }

  /// Clamps `weights` to what every rule allows.
  ///
  /// - Parameter decisions: what the agent has decided, from which the weights came.
  mutating func limit(
    _ weights: inout ContiguousArray<Lanes>, _ decisions: ContiguousArray<Decision>, _ account: AccountView,
    _ market: MarketView
  ) {
    for state in states { state.hear(decisions) }
    for state in states { state.bound(weights, account, market, &bounds) }
    bounds.clamp(&weights)
  }
}
