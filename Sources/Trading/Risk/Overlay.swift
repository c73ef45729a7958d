import Lanes

/// A desk's risk overlay: intersects the bounds of its rules, turns wanted weights into allowed ones, and says where the
/// stops on positions stand.
struct Overlay {
  private let states: [any RiskRuleState]
  /// Those that place stops.
  private let stopping: [any RiskRuleState]
  private var bounds: ContiguousArray<PositionBounds>
  /// Whether stops move at closes.
  let movesStops: Bool

  init(_ rules: [any RiskRule], _ site: DeskSite) {
    states = rules.map { $0.makeState(site) }
    stopping = states.filter { $0.stopPlacement != .never }
    movesStops = states.contains { $0.stopPlacement == .atCloses }
    bounds = ContiguousArray(repeating: .unbounded, count: site.market.assets.count * site.groups)
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

  /// The price of the stop on a position: of several rules' stops the one nearest to the market.
  func stopPrice(of position: Position, asset: Int, group: Int) -> Lanes {
    let isLong = position.quantity .> 0
    var nearest = select(isLong, -Lanes.infinity, .infinity)
    for state in stopping {
      let price = state.stopPrice(of: position, asset: asset, group: group)
      nearest = select(isLong, max(nearest, price), min(nearest, price))
    }
    return nearest
  }

  func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
    for state in states { state.stopped(asset: asset, group: group, where: mask, step: step) }
  }

  /// Clamps `weights` to what every rule allows.
  mutating func limit(_ weights: inout ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView) {
    resetBounds()
    for state in states { state.bound(weights, account, market, &bounds) }
    let allowed = bounds.span
    var weights = weights.mutableSpan
    for index in allowed.indices {
      weights[index] = min(max(weights[index], allowed[index].lower), allowed[index].upper)
    }
  }

  private mutating func resetBounds() {
    var bounds = bounds.mutableSpan
    for index in bounds.indices { bounds[index] = .unbounded }
  }
}
