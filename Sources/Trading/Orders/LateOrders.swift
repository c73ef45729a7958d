import Lanes
import Markets

/// Orders that take longer than the file's latency, since the venue is slow or has them wait for the end of an outage; they
/// fill when they arrive.
///
/// What arrives in the same step is one order: of one side at its mean decision price; of two sides the larger less the
/// smaller one, which cancel each other.
final class LateOrders {
  /// An order on eight paths.
  private struct Late: Sendable {
    /// Signed; 0 for none.
    var quantity = Lanes.zero
    /// The mid at which it was decided.
    var price = Lanes.zero
    /// What those would have gained that have cancelled each other.
    var missed = Lanes.zero
    /// What it asks for again.
    var claimed = ClaimedRest.none
  }

  private let assets: Int
  private let groups: Int
  private let slots: Int
  private let steps: Int
  /// `[(slot * assets + asset) * groups + group]`.
  private let orders: Records<Late>
  /// `[slot * groups + group]`: whether anything arrives there.
  private let isFilled: Records<Bool>
  /// How many of these are set.
  private var filled = 0

  /// Whether none is on its way in any group.
  var isEmpty: Bool { filled == 0 }

  /// Room for the orders of a market; nil where no event of it can make any late.
  init?(_ market: MarketDescription, groups: Int) {
    let reach = market.venueReach
    guard reach.queuesOrders || (reach.latencyFactor > 1 && market.latencySteps > 0) else { return nil }
    assets = market.assets.count
    self.groups = groups
    steps = market.clock.steps
    let extra = min((market.latencySteps * (reach.latencyFactor - 1)).rounded(.up) + 1, VenueStep.mostExtraSteps)
    slots = Int(min(Double(market.delaySteps) + extra, Double(steps))) + 2
    orders = Records(repeating: Late(), count: slots * assets * groups)
    isFilled = Records(repeating: false, count: slots * groups)
  }

  func reset() {
    orders.fill(Late())
    isFilled.fill(false)
    filled = 0
  }

  /// Sends what is to be delayed of an order that would arrive in `arrival`, but for what would come after the horizon.
  ///
  /// - Parameters:
  ///   - extra: whole steps.
  ///   - position: learns what is on its way.
  ///   - rests: what it may ask for again.
  /// - Returns: what is not delayed.
  func delay(
    _ quantity: Lanes, by extra: Lanes, from arrival: Int, _ position: inout Position, _ rests: OrderRests, asset: Int,
    group: Int
  ) -> Lanes {
    let isLate = (extra .> 0) & (quantity .!= 0)
    guard isLate.isAny else { return quantity }
    for lane in 0..<Lanes.count where isLate[lane] {
      let step = Double(arrival) + extra[lane]
      guard step < Double(steps) else { continue }
      let own = select(Mask { $0 == lane }, quantity, .zero)
      let claimed = rests.claim(own, step: arrival, asset: asset, group: group)
      add(own, decidedAt: position.mark, claimed: claimed, in: Int(step), asset: asset, group: group)
      position.outstanding += own
    }
    return select(isLate, .zero, quantity)
  }

  /// Sends an order that arrives in `step`.
  ///
  /// - Parameter claimed: what it asks for again.
  func add(
    _ quantity: Lanes, decidedAt price: Lanes, claimed: ClaimedRest, in step: Int, asset: Int, group: Int
  ) {
    let index = place(step, asset, group)
    let held = orders[index]
    let sum = held.quantity + quantity
    let opposes = (held.quantity * quantity) .< 0
    let isSmaller = abs(quantity) .< abs(held.quantity)
    let mean = (held.quantity * held.price + quantity * price) / select(sum .!= 0, sum, .one)
    var joined = select(opposes, select(isSmaller, held.price, price), mean)
    joined = select(held.quantity .== 0, price, joined)
    joined = select(quantity .== 0, held.price, joined)
    let cancelled = copySign(of: held.quantity, to: min(abs(held.quantity), abs(quantity)))
    let missed = held.missed + select(opposes, cancelled * (price - held.price), .zero)
    // What cancels each other asks for nothing again; what is left of the larger asks for its share.
    let larger = max(abs(held.quantity), abs(quantity))
    let left = select(opposes, abs(sum) / select(larger .> 0, larger, .one), .one)
    let together =
      held.claimed.share(select(opposes & !isSmaller, .zero, left))
      + claimed.share(select(opposes & isSmaller, .zero, left))
    orders[index] = Late(quantity: sum, price: joined, missed: missed, claimed: together)
    if !isFilled[(step % slots) * groups + group] { filled += 1 }
    isFilled[(step % slots) * groups + group] = true
  }

  /// Whether anything arrives in `step`.
  func arrives(in step: Int, group: Int) -> Bool { isFilled[(step % slots) * groups + group] }

  /// The order that arrives in `step`.
  func order(in step: Int, asset: Int, group: Int) -> Order {
    let late = orders[place(step, asset, group)]
    return .market(late.quantity, decidedAt: late.price)
  }

  /// What the order that arrives in `step` asks for again.
  func claimed(in step: Int, asset: Int, group: Int) -> ClaimedRest { orders[place(step, asset, group)].claimed }

  /// What those orders would have gained that have cancelled each other on their way to `step`.
  func missed(in step: Int, asset: Int, group: Int) -> Lanes { orders[place(step, asset, group)].missed }

  /// Voids all orders for an asset where `mask` is set.
  func cancel(asset: Int, group: Int, where mask: Mask) {
    for slot in 0..<slots {
      orders[(slot * assets + asset) * groups + group].quantity.replace(with: .zero, where: mask)
      orders[(slot * assets + asset) * groups + group].missed.replace(with: .zero, where: mask)
      orders[(slot * assets + asset) * groups + group].claimed.calm.replace(with: .zero, where: mask)
      orders[(slot * assets + asset) * groups + group].claimed.event.replace(with: .zero, where: mask)
    }
  }

  /// Empties the slot of `step` after its orders have been dealt with.
  func clear(step: Int, group: Int) {
    for asset in 0..<assets { orders[place(step, asset, group)] = Late() }
    if isFilled[(step % slots) * groups + group] { filled -= 1 }
    isFilled[(step % slots) * groups + group] = false
  }

  private func place(_ step: Int, _ asset: Int, _ group: Int) -> Int {
    ((step % slots) * assets + asset) * groups + group
  }
}
