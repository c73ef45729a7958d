import Lanes
import Trading

/// The positions that an execution agent works off, kept in its seat: what was held at t = 0, and that none of it is bought
/// back.
///
/// An order lives one step and may be filled in part; what is left of it is asked for again at the next close, since the
/// agent says what is to be left, not what is to be traded. A position that a rule or the venue has made smaller than that
/// stays as it is.
struct Remainders {
  /// Signed quantities at t = 0, `[asset * groups + group]`.
  private var start: ContiguousArray<Lanes>
  private var isKnown = false

  init(count: Int) { start = ContiguousArray(repeating: .zero, count: count) }

  mutating func reset() { isKnown = false }

  /// Decides on every asset.
  ///
  /// - Parameter left: for an asset and a lane group, given what was held at t = 0 and what is held and on its way: the
  ///   signed quantity that is to be left.
  @inline(__always)
  mutating func decide(
    _ account: AccountView, _ decisions: inout ContiguousArray<Decision>,
    _ left: (_ asset: Int, _ group: Int, _ start: Lanes, _ held: Lanes) -> Lanes
  ) {
    let positions = account.positions
    let accounts = account.accounts
    if !isKnown {
      for index in start.indices { start[index] = positions[index].quantity }
      isKnown = true
    }
    for group in 0..<account.groups {
      let perEquity = accounts[group].perEquity
      for asset in 0..<account.assets {
        let index = asset * account.groups + group
        let position = positions[index]
        let held = position.quantity + position.outstanding
        let wanted = left(asset, group, start[index], held)
        // Nothing is bought back, and nothing turned: the target lies between what is held and nothing.
        let size = min(abs(held), select((wanted * held) .> 0, abs(wanted), .zero))
        let target = copySign(of: held, to: size)
        // What rounding leaves is no reason to trade. That nothing is wanted is said where nothing is held, too: a rule may
        // wait for it.
        let isOff = abs(held - target) .> abs(start[index]) * 1e-9
        decisions[index] = Decision(
          weight: target * account.unitValue(asset: asset, group: group) * perEquity, acts: isOff | (target .== 0))
      }
    }
  }
}
