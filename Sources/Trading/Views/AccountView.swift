import Lanes

/// What an agent and its risk rules may see of their own account at a close; valid while the desk lives.
package struct AccountView {
  /// Lane groups in the tile.
  package let groups: Int
  /// Assets, in the order of their names.
  package let assets: Int
  /// Starting equity in quote currency.
  package let startEquity: Double
  /// What a unit counts as in weights where prices may be negative, by asset; empty where none may.
  private let references: [Double?]
  /// `[group]`.
  package let accounts: UnsafeBufferPointer<Account>
  /// `[asset * groups + group]`.
  package let positions: UnsafeBufferPointer<Position>

  init(_ tile: AccountTile) {
    groups = tile.groups
    assets = tile.assets
    startEquity = tile.startEquity
    references = tile.references
    accounts = tile.accounts.view
    positions = tile.positions.view
  }

  /// The price that a unit of an asset counts as in weights and leverage: its mark, or the starting price where it may be
  /// negative.
  @inline(__always)
  package func unitValue(asset: Int, group: Int) -> Lanes {
    if !references.isEmpty, let reference = references[asset] { return Lanes(reference) }
    return positions[asset * groups + group].mark
  }

  /// Whether the price of an asset may be negative.
  package func mayBeNegative(_ asset: Int) -> Bool { !references.isEmpty && references[asset] != nil }

  /// The weight q·X/E of the position and of what is on its way, at the last close; 0 where the desk may not trade.
  @inline(__always)
  package func weight(asset: Int, group: Int) -> Lanes {
    let position = positions[asset * groups + group]
    return (position.quantity + position.outstanding) * unitValue(asset: asset, group: group)
      * accounts[group].perEquity
  }
}
