import Lanes

/// Orders that wait at the venue for a price: the stops that rules have placed on positions, and what agents have asked
/// for beyond market orders.
struct RestingOrders {
  private let groups: Int
  private let assets: Int
  /// The prices of the stops on positions.
  let stops: StopPrices
  /// `[asset * groups + group]`: where the stop has acted in the present step. What the participation cap has left of it
  /// waits for the next.
  private let hasActed: Records<Mask>
  /// `[group]`: whether any stop of the group has acted in the present step.
  private let anyActed: Records<Bool>
  /// `[asset * groups + group]`: where the participation cap has left something of the stop that acted last.
  private let hasLeft: Records<Mask>
  /// `[asset * groups + group]`: where the stop was touched while the venue was out, and has not acted yet.
  private let isHeldBack: Records<Mask>
  /// `[group]`: whether any stop of the group is held back.
  private let anyHeldBack: Records<Bool>
  /// `[asset * groups + group]`: agents' orders; they live to the close of the step in which they arrive.
  private let working: Records<Order>
  /// `[group]`: whether any such order waits.
  private let anyWorking: Records<Bool>

  init(assets: Int, groups: Int) {
    self.assets = assets
    self.groups = groups
    stops = StopPrices(assets: assets, groups: groups)
    working = Records(repeating: .none, count: assets * groups)
    hasActed = Records(repeating: .none, count: assets * groups)
    hasLeft = Records(repeating: .none, count: assets * groups)
    isHeldBack = Records(repeating: .none, count: assets * groups)
    anyHeldBack = Records(repeating: false, count: groups)
    anyActed = Records(repeating: false, count: groups)
    anyWorking = Records(repeating: false, count: groups)
  }

  func reset() {
    stops.reset()
    hasActed.fill(.none)
    hasLeft.fill(.none)
    isHeldBack.fill(.none)
    anyHeldBack.fill(false)
    for index in working.indices { working[index].quantity = .zero }
    anyActed.fill(false)
    anyWorking.fill(false)
  }

  /// Lets a new step begin: stops may act again.
  func begin(group: Int) {
    guard anyActed[group] else { return }
    for asset in 0..<assets { hasActed[asset * groups + group] = .none }
    anyActed[group] = false
  }

  // MARK: Stops on positions

  /// Where the stop on an asset's position is touched by the extremes of a part of a step.
  @inline(__always)
  func stopIsTouched(_ asset: Int, _ group: Int, _ quantity: Lanes, low: Lanes, high: Lanes) -> Mask {
    let index = asset * groups + group
    let price = stops[index]
    let touched = ((quantity .> 0) & (low .<= price)) | ((quantity .< 0) & (high .>= price))
    return anyActed[group] ? touched & !hasActed[index] : touched
  }

  /// The order that closes a position at its stop.
  func stopOrder(on position: Position, asset: Int, group: Int) -> Order {
    .stop(-position.quantity, at: stops[asset * groups + group])
  }

  /// Remembers that the stop on an asset's position has acted in the present step.
  ///
  /// - Parameter leaves: where it has left something of the position.
  func acted(asset: Int, group: Int, where mask: Mask, leaves: Mask) {
    let index = asset * groups + group
    hasActed[index] = hasActed[index] | mask
    hasLeft[index] = (hasLeft[index] & !mask) | (leaves & mask)
    anyActed[group] = true
    if anyHeldBack[group] { isHeldBack[index] = isHeldBack[index] & !mask }
  }

  /// Whether an outage holds any stop of a group back.
  func holdsBack(group: Int) -> Bool { anyHeldBack[group] }

  /// Where an outage has held the stop on an asset's position back.
  func isHeldBack(asset: Int, group: Int) -> Mask {
    anyHeldBack[group] ? isHeldBack[asset * groups + group] : .none
  }

  /// Takes up whether the prices of a leg have touched the stop on an asset's position, and where nothing acts.
  ///
  /// - Parameters:
  ///   - passed: where the last close was beyond the stop already: what an earlier step has left of it was decided then.
  ///   - isOut: where the venue is out, or the asset halted.
  /// - Returns: where it is held back.
  func holdBack(asset: Int, group: Int, touched: Mask, passed: Mask, isOut: Mask) -> Mask {
    let index = asset * groups + group
    let isNew = touched & isOut & !(hasLeft[index] & passed)
    isHeldBack[index] = (isHeldBack[index] & (isOut | touched)) | isNew
    return isHeldBack[index]
  }

  /// Says whether any stop of a group is held back.
  func holdsBack(_ holds: Bool, group: Int) { anyHeldBack[group] = holds }

  // MARK: Agents' orders

  /// Lets an agent's order wait until the close.
  func add(_ order: Order, asset: Int, group: Int) {
    working[asset * groups + group] = order
    anyWorking[group] = true
  }

  /// Whether any order of an agent waits.
  func hasWorking(group: Int) -> Bool { anyWorking[group] }

  /// On which paths of a group any such order waits.
  func isWorking(group: Int) -> Mask {
    var waits = Mask.none
    for asset in 0..<assets { waits = waits | (working[asset * groups + group].quantity .!= 0) }
    return waits
  }

  /// The agent's order that waits for an asset.
  func working(asset: Int, group: Int) -> Order { working[asset * groups + group] }

  /// Voids the agent's order for an asset where `mask` is set.
  func cancel(asset: Int, group: Int, where mask: Mask) {
    working[asset * groups + group].quantity.replace(with: .zero, where: mask)
  }

  /// Ends the agents' orders of a group: they are filled, or the step closes.
  func clearWorking(group: Int) {
    for asset in 0..<assets { working[asset * groups + group].quantity = .zero }
    anyWorking[group] = false
  }
}
