import Lanes

/// A desk's account on one tile of paths: cash, positions and marks, by lane group.
struct AccountTile {
  /// Lane groups in the tile.
  let groups: Int
  /// Assets, in the order of their names.
  let assets: Int
  /// Starting equity in quote currency.
  let startEquity: Double
  /// `[asset]`: prices at t = 0.
  let startPrices: [Double]
  /// What a unit counts as in weights where prices may be negative, by asset; empty where none may.
  let references: [Double?]
  /// `[group]`.
  let accounts: Records<Account>
  /// `[asset * groups + group]`.
  let positions: Records<Position>
  /// `[asset]`: units that orders are to buy, of which the account starts short and has borrowed nothing; at least 0.
  private var ordered: [Double]

  init(prices: [Double], groups: Int, startEquity: Double, references: [Double?] = []) {
    self.references = references
    self.groups = groups
    assets = prices.count
    startPrices = prices
    self.startEquity = startEquity
    accounts = Records(repeating: Account(equity: Lanes(startEquity)), count: groups)
    positions = Records(repeating: Position(), count: assets * groups)
    ordered = prices.map { _ in 0 }
  }

  /// Back to cash only, at the assets' prices at t = 0.
  func reset() {
    accounts.fill(Account(equity: Lanes(startEquity)))
    for asset in 0..<assets {
      for group in 0..<groups {
        positions[asset * groups + group] = Position()
        positions[asset * groups + group].mark = Lanes(startPrices[asset])
      }
    }
  }

  /// Takes up what is held at t = 0, at the marks; the rest of starting equity is cash, or borrowed.
  ///
  /// - Returns: what the positions are worth.
  mutating func open(_ opening: [OpeningPosition]) -> Double {
    var value = 0.0
    for (asset, position) in opening.enumerated() {
      ordered[asset] = position.isOrder ? max(0, -position.quantity) : 0
      value += position.quantity * positions[asset * groups].mark[0]
      for group in 0..<groups where position.quantity != 0 {
        positions[asset * groups + group].quantity = Lanes(position.quantity)
        positions[asset * groups + group].entryPrice = Lanes(position.entryPrice)
      }
    }
    for group in 0..<groups { accounts[group].cash = Lanes(startEquity - value) }
    return value
  }

  /// Books a fill.
  @inline(__always)
  func apply(_ fill: Fill) {
    accounts[fill.group].apply(fill, to: &positions[fill.asset * groups + fill.group])
  }

  /// Units of an asset that are borrowed, sold short beyond what orders are still to buy; at least 0.
  @inline(__always)
  func borrowed(asset: Int, group: Int) -> Lanes {
    max(.zero, -(positions[asset * groups + group].quantity + ordered[asset]))
  }

  /// Whether any position is open in a group, on any of its paths.
  @inline(__always)
  func isOpen(group: Int) -> Bool {
    var open = Mask.none
    for asset in 0..<assets { open = open | (positions[asset * groups + group].quantity .!= 0) }
    return open.isAny
  }
}
