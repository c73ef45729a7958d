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
  /// - Parameters:
  ///   - decisions: what the agent has decided, from which the weights came.
  ///   - record: hears what each rule alone would leave, and what they leave together.
  mutating func limit(
    _ weights: inout ContiguousArray<Lanes>, _ decisions: ContiguousArray<Decision>, _ account: AccountView,
    _ market: MarketView, _ record: DecisionRecord? = nil
  ) {
    for state in states { state.hear(decisions) }
    if let record {
      for state in states { boundAlone(state, weights, account, market, record) }
    } else {
      for state in states { state.bound(weights, account, market, &bounds) }
    }
    bounds.clamp(&weights)
    record?.limit(weights)
  }

  /// Asks a rule once, for bounds of its own, and narrows the common ones by them: which gives the same as asking it for
  /// these.
  private mutating func boundAlone(
    _ state: any RiskRuleState, _ weights: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
    _ record: DecisionRecord
  ) {
    var own = BoundsTile(assets: account.assets, groups: account.groups)
    state.bound(weights, account, market, &own)
    bounds.narrow(to: own)
    var left = weights
    own.clamp(&left)
    record.add(rule: left)
  }
}
