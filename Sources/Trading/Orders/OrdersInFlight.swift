import Lanes

/// Orders on their way to the venue: one slot for each whole step of latency and one for the step at hand.
struct OrdersInFlight {
  private let groups: Int
  private let assets: Int
  private let slots: Int
  /// `[(slot * assets + asset) * groups + group]`: signed quantities, 0 for none.
  private let quantities: Records<Lanes>
  /// Likewise: the mids at which they were decided.
  private let prices: Records<Lanes>
  /// Likewise: how they are to be worked.
  private let terms: Records<OrderTerms>
  /// Likewise: where an order that would wait fills at its arrival all the same, because a rule asks for it.
  private let isUrgent: Records<Mask>
  /// `[slot * groups + group]`: whether the group has any order there, so that quiet steps cost nothing.
  private let isFilled: Records<Bool>

  init(assets: Int, groups: Int, delaySteps: Int) {
    self.assets = assets
    self.groups = groups
    slots = delaySteps + 1
    quantities = Records(repeating: .zero, count: slots * assets * groups)
    prices = Records(repeating: .zero, count: slots * assets * groups)
    terms = Records(repeating: .market, count: slots * assets * groups)
    isUrgent = Records(repeating: .none, count: slots * assets * groups)
    isFilled = Records(repeating: false, count: slots * groups)
  }

  func reset() {
    quantities.fill(.zero)
    isFilled.fill(false)
  }

  /// Whether any order of the group arrives in `step`.
  @inline(__always)
  func arrive(in step: Int, group: Int) -> Bool { isFilled[(step % slots) * groups + group] }

  /// The order that arrives in `step`.
  @inline(__always)
  func order(in step: Int, asset: Int, group: Int) -> Order {
    let index = ((step % slots) * assets + asset) * groups + group
    return terms[index].order(quantities[index], decidedAt: prices[index])
  }

  /// The mid at which the order that arrives in `step` was decided.
  @inline(__always)
  func decisionPrice(in step: Int, asset: Int, group: Int) -> Lanes {
    prices[((step % slots) * assets + asset) * groups + group]
  }

  /// Where the order that arrives in `step` fills at its arrival, whatever its terms.
  func isUrgent(in step: Int, asset: Int, group: Int) -> Mask {
    isUrgent[((step % slots) * assets + asset) * groups + group]
  }

  /// Sends an order that arrives in `step`, to be worked as a market order.
  @inline(__always)
  func send(_ quantity: Lanes, decidedAt price: Lanes, in step: Int, asset: Int, group: Int) {
    let index = ((step % slots) * assets + asset) * groups + group
    quantities[index] = quantity
    prices[index] = price
    terms[index] = .market
    isFilled[(step % slots) * groups + group] = true
  }

  /// Says how the order for an asset that was just sent is to be worked.
  ///
  /// - Parameter isUrgent: where a rule rather than the agent asks for it.
  func work(_ terms: OrderTerms, isUrgent: Mask, in step: Int, asset: Int, group: Int) {
    let index = ((step % slots) * assets + asset) * groups + group
    self.terms[index] = terms
    self.isUrgent[index] = isUrgent
  }

  /// Voids all orders for an asset that are on their way, where `mask` is set.
  func cancel(asset: Int, group: Int, where mask: Mask) {
    for slot in 0..<slots {
      quantities[(slot * assets + asset) * groups + group].replace(with: .zero, where: mask)
    }
  }

  /// Empties the group's slot of `step` after its orders have been dealt with.
  @inline(__always)
  func clear(step: Int, group: Int) {
    for asset in 0..<assets { quantities[((step % slots) * assets + asset) * groups + group] = .zero }
    isFilled[(step % slots) * groups + group] = false
  }
}
