import Lanes

/// What orders have left unfilled, until it is asked for again or no longer wanted.
///
/// An order lives one step, and an agent that still wants the rest asks for it at the next close. That is the same wish:
/// the rest is taken back from what was wanted and counts with the order that asks for it again, at its decision price and
/// in its window. So an order that fills over seventeen steps was wanted once, and no window holds more filled than wanted.
struct OrderRests {
  /// A rest on eight paths.
  private struct Rest: Sendable {
    /// Signed; 0 for none.
    var quantity = Lanes.zero
    /// The decision price at which it was wanted.
    var price = Lanes.zero
    /// The step whose order has left it.
    var step = Lanes(-1)
    /// Where it was wanted inside an event's window.
    var inEventWindow = Mask.none
  }

  private let groups: Int
  private let assets: Int
  /// One for each step that an order needs from its decision to its arrival: an order can ask for nothing that was left
  /// after its decision.
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
    slots = delaySteps + 1
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
  @inline(__always)
  func follow(_ fill: Fill, step: Int, inEventWindow: Mask, _ ledger: inout CostLedger) {
    let last = latest[fill.asset * groups + fill.group]
    guard last >= step - slots || (fill.quantity .!= fill.wanted).isAny else { return }
    keep(fill, step: step, inEventWindow: inEventWindow, &ledger)
  }

  @inline(never)
  private func keep(_ fill: Fill, step: Int, inEventWindow: Mask, _ ledger: inout CostLedger) {
    let present = step % slots
    var asked = abs(fill.wanted)
    // An agent's order was decided when the one of its slot had left its rest. A stop, a forced sale or the horizon closes
    // the position, whatever was left since.
    for slot in fill.reason == .order ? present...present : 0...slots - 1 {
      let index = (slot * assets + fill.asset) * groups + fill.group
      var rest = rests[index]
      let isCurrent = rest.step .>= Double(step - slots)
      let isSame = isCurrent & ((rest.quantity * fill.wanted) .> 0)
      let again = select(isSame, min(abs(rest.quantity), asked), .zero)
      ledger.takeBack(again * rest.price, inEventWindow: rest.inEventWindow)
      asked -= again
      rest.quantity -= copySign(of: rest.quantity, to: again)
      rests[index] = rest
    }
    let index = (present * assets + fill.asset) * groups + fill.group
    let isOrder = fill.wanted .!= 0
    var rest = rests[index]
    rest.quantity = select(isOrder, fill.wanted - fill.quantity, rest.quantity)
    rest.price = select(isOrder, fill.decisionPrice, rest.price)
    rest.step = select(isOrder, Lanes(Double(step)), rest.step)
    rest.inEventWindow = (isOrder & inEventWindow) | (!isOrder & rest.inEventWindow)
    rests[index] = rest
    if (isOrder & (rest.quantity .!= 0)).isAny { latest[fill.asset * groups + fill.group] = step }
  }
}
