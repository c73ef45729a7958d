import Lanes
import Markets

/// A desk's risk overlay: intersects the bounds of its rules and turns wanted weights into allowed ones.
struct Overlay {
  private let states: [any RiskRuleState]
  private var bounds: ContiguousArray<PositionBounds>
  /// The nearest resting stop of all rules, as a fraction of the entry price; nil when no rule places one.
  let stopDistance: Double?

  init(_ rules: [any RiskRule], _ market: MarketDescription, groups: Int) {
    states = rules.map { $0.makeState(market, groups: groups) }
    bounds = ContiguousArray(repeating: .unbounded, count: market.assets.count * groups)
    stopDistance = rules.compactMap(\.stopDistance).min()
  }

  /// Whether any rule stands between the agent and the venue.
  var isEmpty: Bool { states.isEmpty }

  func reset() {
    for state in states { state.reset() }
  }

  func observe(_ tile: MarketTile) {
    for state in states { state.observe(tile) }
  }

  func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
    for state in states { state.stopped(asset: asset, group: group, where: mask, step: step) }
  }

  private mutating func resetBounds() {
    var bounds = bounds.mutableSpan
    for index in bounds.indices { bounds[index] = .unbounded }
  }

  /// Clamps `weights` to what every rule allows.
  mutating func limit(_ weights: inout ContiguousArray<Lanes>, _ account: AccountTile, _ tile: MarketTile) {
    resetBounds()
    for state in states { state.bound(weights, account, tile, &bounds) }
    let allowed = bounds.span
    var weights = weights.mutableSpan
    for index in allowed.indices {
      weights[index] = min(max(weights[index], allowed[index].lower), allowed[index].upper)
    }
  }
}
