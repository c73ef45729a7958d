import Lanes

/// What an agent and its risk rules may see of their own account at a close; valid while the desk lives.
package struct AccountView {
  /// Lane groups in the tile.
  package let groups: Int
  /// Assets, in the order of their names.
  package let assets: Int
  /// Starting equity in quote currency.
  package let startEquity: Double
  /// `[group]`.
  package let accounts: UnsafeBufferPointer<Account>
  /// `[asset * groups + group]`.
  package let positions: UnsafeBufferPointer<Position>

  init(_ tile: AccountTile) {
    groups = tile.groups
    assets = tile.assets
    startEquity = tile.startEquity
    accounts = tile.accounts.view
    positions = tile.positions.view
  }

  /// The weight q·X/E of the position and of what is on its way, at the last close; 0 where the desk may not trade.
  @inline(__always)
  package func weight(asset: Int, group: Int) -> Lanes {
    let position = positions[asset * groups + group]
    return (position.quantity + position.outstanding) * position.mark * accounts[group].perEquity
  }
}
