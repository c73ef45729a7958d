import Lanes

/// Orders that wait at the venue for a price: the stops that rules have placed on positions, and what agents have asked
/// for beyond market orders.
struct RestingOrders: Sendable {
  private let groups: Int
  private let assets: Int
  /// `[asset * groups + group]`: the stop on each position. Its quantity follows the position.
  private(set) var stops: ContiguousArray<Order>
  /// Likewise: where the stop has acted in the present step. What the participation cap has left of it waits for the next.
  private var hasActed: ContiguousArray<Mask>
  /// `[group]`: whether any stop of the group has acted in the present step.
  private var anyActed: ContiguousArray<Bool>
  /// `[asset * groups + group]`: agents' orders; they live to the close of the step in which they arrive.
  private var working: ContiguousArray<Order>
  /// `[group]`: whether any such order waits.
  private var anyWorking: ContiguousArray<Bool>

  init(assets: Int, groups: Int) {
    self.assets = assets
    self.groups = groups
    stops = ContiguousArray(repeating: .none, count: assets * groups)
    working = stops
    hasActed = ContiguousArray(repeating: .none, count: assets * groups)
    anyActed = ContiguousArray(repeating: false, count: groups)
    anyWorking = anyActed
  }

  mutating func reset() {
    for index in stops.indices {
      stops[index].quantity = .zero
      working[index].quantity = .zero
      hasActed[index] = .none
    }
    for group in 0..<groups {
      anyActed[group] = false
      anyWorking[group] = false
    }
  }

  /// Lets a new step begin: stops may act again.
  mutating func begin(group: Int) {
    guard anyActed[group] else { return }
    for asset in 0..<assets { hasActed[asset * groups + group] = .none }
    anyActed[group] = false
  }

  // MARK: Stops on positions

  /// Places the stop on a position, in place of the one before; it closes what is held.
  mutating func protect(_ position: Position, at trigger: Lanes, asset: Int, group: Int) {
    stops[asset * groups + group] = .stop(-position.quantity, at: trigger)
  }

  /// Where the stop on an asset's position is touched by the prices of a part of a step.
  @inline(__always)
  func stopIsTouched(_ asset: Int, _ group: Int, _ prices: PartPrices) -> Mask {
    let index = asset * groups + group
    return stops[index].isTouched(low: prices.low, high: prices.high) & !hasActed[index]
  }

  /// Remembers that the stop on an asset's position has acted in the present step.
  mutating func acted(asset: Int, group: Int, where mask: Mask) {
    let index = asset * groups + group
    hasActed[index] = hasActed[index] | mask
    anyActed[group] = true
  }

  // MARK: Agents' orders

  /// Lets an agent's order wait until the close.
  mutating func add(_ order: Order, asset: Int, group: Int) {
    working[asset * groups + group] = order
    anyWorking[group] = true
  }

  /// Whether any order of an agent waits.
  func hasWorking(group: Int) -> Bool { anyWorking[group] }

  /// The agent's order that waits for an asset.
  func working(asset: Int, group: Int) -> Order { working[asset * groups + group] }

  /// Ends the agents' orders of a group: they are filled, or the step closes.
  mutating func clearWorking(group: Int) {
    for asset in 0..<assets { working[asset * groups + group].quantity = .zero }
    anyWorking[group] = false
  }
}
