import Lanes

/// A desk's books for one tile of paths: what agents and risk rules may see of the account, and what the desk keeps.
///
/// Everything is marked at the unaffected mid, so that an agent cannot pump its own mark.
package struct AccountTile: Sendable {
  /// The position in one asset on eight paths.
  package struct Position: Sendable {
    /// Signed quantity, fractional.
    package var quantity = Lanes.zero
    /// The size-weighted average fill price of the open position.
    package var entryPrice = Lanes.zero
    /// The desk's own pressure on the price, as a fraction of the mid (Obizhaeva–Wang).
    package var impact = Lanes.zero
    /// Impact a unit of quantity at the last step, 0.01 / depth; 0 before the first.
    package var impactPerUnit = Lanes.zero
    /// The mid at the last close.
    package var mark = Lanes.zero
    /// Quantity traded in the present step, which the participation cap counts.
    package var tradedInStep = Lanes.zero
    /// Where a stop has closed the position in the present step: it acts no second time in it.
    package var stoppedInStep = Mask.none
    /// Quantity in orders that have not reached the venue yet.
    package var outstanding = Lanes.zero

    /// No position.
    package init() {}
  }

  /// The account on eight paths.
  package struct Account: Sendable {
    package var cash: Lanes
    /// Marked at the last close; frozen after ruin.
    package var equity: Lanes
    /// The largest equity at a close so far, t = 0 included.
    package var peak: Lanes
    package var isAlive = Mask.all
    /// The lowest equity, within steps or at closes as the study watches ruin.
    package var minimum: Lanes
    /// The lowest equity within the present step.
    package var stepMinimum: Lanes
    /// Largest drawdown from the peak, at closes, as a fraction.
    package var maximumDrawdown = Lanes.zero
    package var spellUnderWater = Lanes.zero
    package var longestUnderWater = Lanes.zero
    package var deficit = Lanes.zero
    /// What a paper account would have earned that trades at decision prices, for nothing and in full.
    package var paperGain = Lanes.zero
    package var orders = Lanes.zero

    /// An account with cash only.
    package init(equity: Lanes) {
      cash = equity
      self.equity = equity
      peak = equity
      minimum = equity
      stepMinimum = equity
    }
  }

  /// Lane groups in the tile.
  package let groups: Int
  /// Assets, in the order of their names.
  package let assets: Int
  /// Starting equity in quote currency.
  package let startEquity: Double
  /// `[group]`.
  package internal(set) var accounts: ContiguousArray<Account>
  /// `[asset * groups + group]`.
  package internal(set) var positions: ContiguousArray<Position>
  /// `[group]`.
  package internal(set) var ledgers: ContiguousArray<CostLedger>

  init(assets: Int, groups: Int, startEquity: Double) {
    self.groups = groups
    self.assets = assets
    self.startEquity = startEquity
    accounts = ContiguousArray(repeating: Account(equity: Lanes(startEquity)), count: groups)
    positions = ContiguousArray(repeating: Position(), count: assets * groups)
    ledgers = ContiguousArray(repeating: CostLedger(), count: groups)
  }

  /// Back to cash only.
  mutating func reset() {
    for group in 0..<groups {
      accounts[group] = Account(equity: Lanes(startEquity))
      ledgers[group] = CostLedger()
    }
    for index in positions.indices { positions[index] = Position() }
  }

  /// The weight q·X/E of the position and of what is on its way, at the last close.
  @inline(__always)
  package func weight(asset: Int, group: Int) -> Lanes {
    let position = positions[asset * groups + group]
    return (position.quantity + position.outstanding) * position.mark / accounts[group].equity
  }
}
