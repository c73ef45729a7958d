import Lanes

/// Orders on their way to the venue: one slot for each whole step of latency and one for the step at hand.
struct OrdersInFlight: Sendable {
  private let groups: Int
  private let assets: Int
  private let slots: Int
  /// `[(slot * assets + asset) * groups + group]`.
  private var orders: ContiguousArray<Order>
  /// `[slot * groups + group]`: whether the group has any order there, so that quiet steps cost nothing.
  private var isFilled: ContiguousArray<Bool>

  init(assets: Int, groups: Int, delaySteps: Int) {
    self.assets = assets
    self.groups = groups
    slots = delaySteps + 1
    orders = ContiguousArray(repeating: .none, count: slots * assets * groups)
    isFilled = ContiguousArray(repeating: false, count: slots * groups)
  }

  mutating func reset() {
    for index in orders.indices { orders[index].quantity = .zero }
    for index in isFilled.indices { isFilled[index] = false }
  }

  /// Whether any order of the group arrives in `step`.
  @inline(__always)
  func arrive(in step: Int, group: Int) -> Bool { isFilled[(step % slots) * groups + group] }

  /// The order that arrives in `step`.
  func order(in step: Int, asset: Int, group: Int) -> Order {
    orders[((step % slots) * assets + asset) * groups + group]
  }

  /// Sends an order that arrives in `step`.
  mutating func send(_ order: Order, in step: Int, asset: Int, group: Int) {
    orders[((step % slots) * assets + asset) * groups + group] = order
    isFilled[(step % slots) * groups + group] = true
  }

  /// Voids all orders for an asset that are on their way, where `mask` is set.
  mutating func cancel(asset: Int, group: Int, where mask: Mask) {
    for slot in 0..<slots {
      orders[(slot * assets + asset) * groups + group].quantity.replace(with: .zero, where: mask)
    }
  }

  /// Empties the group's slot of `step` after its orders have been dealt with.
  mutating func clear(step: Int, group: Int) {
    for asset in 0..<assets { orders[((step % slots) * assets + asset) * groups + group].quantity = .zero }
    isFilled[(step % slots) * groups + group] = false
  }
}
