import Lanes
import Trading

/// The quantities that a rule-based agent is working towards, kept in its seat.
///
/// An order lives one step and may be filled in part, so an agent that decides once has to go on asking until it holds
/// what it decided on. Between decisions it wants a quantity, not a weight: leverage drifts with the prices. A position
/// that a stop or the overlay has closed is decided anew, at the equity of that moment.
struct PositionTargets {
  /// Signed quantities, `[asset * groups + group]`.
  private var quantities: ContiguousArray<Lanes>

  init(count: Int) { quantities = ContiguousArray(repeating: .zero, count: count) }

  mutating func reset() {
    var quantities = quantities.mutableSpan
    for index in quantities.indices { quantities[index] = .zero }
  }

  /// Works towards what is held already.
  mutating func take(_ account: AccountView) {
    for index in quantities.indices { quantities[index] = account.positions[index].quantity }
  }

  /// The weight on the side of a trend: the target over 0, under it the opposite or nothing, and nothing at 0.
  ///
  /// - Returns: the weight, and where a quantity worked towards stands on that side already.
  @inline(__always)
  static func side(
    of trend: Lanes, _ target: Lanes, isShort: Bool, _ quantity: Lanes
  ) -> (weight: Lanes, isTaken: Mask) {
    let weight = select(trend .> 0, target, select(trend .< 0, isShort ? -target : .zero, .zero))
    // A product of 0 is a side that has just been taken or left.
    return (weight, ((quantity * weight) .> 0) | ((quantity .== 0) & (weight .== 0)))
  }

  /// Turns signals into decisions.
  ///
  /// - Parameter signal: for an asset and a lane group, given the quantity worked towards: the weight that is wanted, and
  ///   where it replaces that quantity.
  @inline(__always)
  mutating func decide(
    _ account: AccountView, _ decisions: inout ContiguousArray<Decision>,
    _ signal: (_ asset: Int, _ group: Int, _ quantity: Lanes, _ isFlat: Mask) -> (weight: Lanes, renews: Mask)
  ) {
    let positions = account.positions
    let accounts = account.accounts
    var quantities = quantities.mutableSpan
    var decisions = decisions.mutableSpan
    for group in 0..<account.groups {
      let equity = accounts[group].equity
      let perEquity = accounts[group].perEquity
      for asset in 0..<account.assets {
        let index = asset * account.groups + group
        let position = positions[index]
        let unit = account.unitValue(asset: asset, group: group)
        let held = position.quantity + position.outstanding
        let wanted = signal(asset, group, quantities[index], held .== 0)
        var quantity = quantities[index]
        if wanted.renews.isAny {
          quantity.replace(with: wanted.weight * equity / unit, where: wanted.renews)
          quantities[index] = quantity
        }
        // What rounding leaves of a filled order is no reason to trade. That nothing is wanted is said where nothing is
        // held, too: a rule may wait for it.
        let isOff = abs(held - quantity) .> max(abs(held), abs(quantity)) * 1e-9
        decisions[index] = Decision(weight: quantity * unit * perEquity, acts: isOff | (quantity .== 0))
      }
    }
  }
}
