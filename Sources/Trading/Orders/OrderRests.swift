import Lanes

/// What orders have left unfilled, until it is asked for again or no longer wanted.
///
/// An order lives one step, and an agent that still wants the rest asks for it at the next close. That is the same wish:
/// the rest is taken back from what was wanted and counts with the order that asks for it again, at its decision price and
/// in its window. So an order that fills over seventeen steps was wanted once, and no window holds more filled than wanted.
/// An order that takes longer than the file's latency takes what it asks for again along (`claim`).
struct OrderRests {
  /// A rest on eight paths.
  private struct Rest: Sendable {
    /// Signed; 0 for none.
    var quantity = Lanes.zero
    /// The decision price at which it was wanted, or what a unit counts as.
    var price = Lanes.zero
    /// The step whose order has left it.
    var step = Lanes(-1)
    /// Where it was wanted inside an event's window.
    var inEventWindow = Mask.none
  }

  private let groups: Int
  private let assets: Int
  /// Steps that an order needs from its decision to its arrival: it can ask for nothing that was left after its decision.
  private let way: Int
  /// One for each of these steps, and one for the step at hand.
  private let slots: Int
  /// `[(slot * assets + asset) * groups + group]`.
  private let rests: Records<Rest>
  /// `[asset * groups + group]`: the last step whose order has left something on any path; far back where none has. Desks
  /// that get what they want pay nothing.
  private let latest: Records<Int>
  private static let never = Int.min / 2

  init(assets: Int, groups: Int, delaySteps: Int) {
    self.assets = assets
    self.groups = groups
    way = delaySteps + 1
    slots = way + 1
    rests = Records(repeating: Rest(), count: slots * assets * groups)
    latest = Records(repeating: Self.never, count: assets * groups)
  }

  func reset() {
    for index in latest.indices where latest[index] != Self.never {
      for slot in 0..<slots { rests[slot * assets * groups + index] = Rest() }
      latest[index] = Self.never
    }
  }

  /// Takes back from what was wanted what a fill's order asks for again, and keeps what it leaves.
  ///
  /// - Parameter isLate: whether the order took longer than the file's latency; what it asks for again it has claimed.
  @inline(__always)
  func follow(_ fill: Fill, step: Int, isLate: Bool, inEventWindow: Mask, _ ledger: inout CostLedger) {
    let last = latest[fill.asset * groups + fill.group]
    let mayAsk = last >= step - way
    guard mayAsk || (fill.quantity .!= fill.wanted).isAny else { return }
    if mayAsk && !isLate { takeBack(fill, step: step, &ledger) }
    keep(fill, step: step, inEventWindow: inEventWindow)
  }

  /// Takes what an order asks for again out of the rests, for it to be taken back when it arrives.
  ///
  /// - Parameters:
  ///   - quantity: of the order that is sent later than the latency says.
  ///   - step: in which it would have arrived.
  func claim(_ quantity: Lanes, step: Int, asset: Int, group: Int) -> ClaimedRest {
    guard latest[asset * groups + group] >= step - way else { return .none }
    var left = abs(quantity)
    return take(&left, side: quantity, from: place(step - way, asset, group), where: isCurrent(step, asset, group))
  }

  @inline(never)
  private func takeBack(_ fill: Fill, step: Int, _ ledger: inout CostLedger) {
    var left = abs(fill.wanted)
    let isCurrent = isCurrent(step, fill.asset, fill.group)
    // An agent's order was decided when the one of its slot had left its rest. A stop, a forced sale or the horizon closes
    // the position, whatever was left since; what the step's own order has not asked for again is no longer wanted.
    let present = place(step, fill.asset, fill.group)
    let hasOwn = rests[present].step .== Double(step)
    let first = place(step - way, fill.asset, fill.group)
    let isOrder = fill.reason == .order
    take(&left, side: fill.wanted, from: first, where: isOrder ? isCurrent : isCurrent & !hasOwn).takeBack(&ledger)
    guard !isOrder else { return }
    for age in (0..<way).reversed() {
      let index = place(step - age, fill.asset, fill.group)
      let isOfStep = rests[index].step .== Double(step - age)
      take(&left, side: fill.wanted, from: index, where: isOfStep).takeBack(&ledger)
    }
  }

  /// Where an order that arrives in a step may have known of a rest.
  @inline(__always)
  private func isCurrent(_ step: Int, _ asset: Int, _ group: Int) -> Mask {
    rests[place(step - way, asset, group)].step .== Double(step - way)
  }

  /// Takes a quantity out of a rest on the same side, as far as it goes.
  @inline(__always)
  private func take(_ left: inout Lanes, side: Lanes, from index: Int, where mask: Mask) -> ClaimedRest {
    var rest = rests[index]
    let isSame = mask & ((rest.quantity * side) .> 0)
    let again = select(isSame, min(abs(rest.quantity), left), .zero)
    left -= again
    rest.quantity -= copySign(of: rest.quantity, to: again)
    rests[index] = rest
    let notional = again * rest.price
    return ClaimedRest(
      calm: select(rest.inEventWindow, .zero, notional), event: select(rest.inEventWindow, notional, .zero))
  }

  /// Keeps what a fill leaves. Several fills of agents' orders in one step leave their rests together, at their mean price;
  /// of two sides that of the later one stays.
  @inline(never)
  private func keep(_ fill: Fill, step: Int, inEventWindow: Mask) {
    let index = place(step, fill.asset, fill.group)
    let isFilled = fill.wanted .!= 0
    let left = fill.wanted - fill.quantity
    var rest = rests[index]
    let adds =
      fill.reason == .order
      ? isFilled & (rest.step .== Double(step)) & (rest.quantity .!= 0) & ((rest.quantity * left) .>= 0) : .none
    let sum = rest.quantity + left
    let mean = (rest.quantity * rest.price + left * fill.decisionValue) / select(adds, sum, .one)
    rest.quantity = select(isFilled, select(adds, sum, left), rest.quantity)
    rest.price = select(isFilled, select(adds, mean, fill.decisionValue), rest.price)
    rest.step = select(isFilled, Lanes(Double(step)), rest.step)
    rest.inEventWindow = (isFilled & inEventWindow) | (!isFilled & rest.inEventWindow)
    rests[index] = rest
    if (isFilled & (rest.quantity .!= 0)).isAny { latest[fill.asset * groups + fill.group] = step }
  }

  /// Where the rests of a step are kept, from `way` steps before t = 0 on.
  @inline(__always)
  private func place(_ step: Int, _ asset: Int, _ group: Int) -> Int {
    (((step + slots) % slots) * assets + asset) * groups + group
  }
}

/// The notional of rests that an order on its way asks for again, on eight paths: what was wanted in calm, and in the
/// windows of events.
struct ClaimedRest: Sendable {
  var calm = Lanes.zero
  var event = Lanes.zero

  /// Nothing.
  static let none = ClaimedRest()

  /// Of two orders together.
  static func + (a: ClaimedRest, b: ClaimedRest) -> ClaimedRest {
    ClaimedRest(calm: a.calm + b.calm, event: a.event + b.event)
  }

  /// A share of it on each path.
  func share(_ share: Lanes) -> ClaimedRest { ClaimedRest(calm: calm * share, event: event * share) }

  /// Takes it back from what was wanted: it counts with the order that asks for it again.
  func takeBack(_ ledger: inout CostLedger) {
    ledger.takeBack(calm, inEventWindow: .none)
    ledger.takeBack(event, inEventWindow: .all)
  }
}
