import Lanes

/// A desk's account on eight paths, beside its positions.
package struct Account: Sendable {
  /// Quote currency; negative where it is borrowed.
  package var cash: Lanes
  /// Cash and positions, marked at the last close; frozen after ruin.
  package var equity: Lanes
  /// The largest equity at a close so far, t = 0 included.
  package var peak: Lanes
  /// Where the desk has not been ruined.
  package var isAlive = Mask.all

  /// An account with cash only.
  package init(equity: Lanes) {
    cash = equity
    self.equity = equity
    peak = equity
  }

  /// Books a fill: cash pays for it, the position takes it up and averages its entry price.
  @inline(__always)
  package mutating func apply(_ fill: Fill, to position: inout Position) {
    let size = abs(fill.quantity)
    let before = position.quantity
    let after = before + fill.quantity
    let grows = (before * fill.quantity) .>= 0
    let flips = (before * after) .< 0
    let averaged = (abs(before) * position.entryPrice + size * fill.price) / max(abs(after), 1e-300)
    var entry = select(grows, averaged, position.entryPrice)
    entry.replace(with: fill.price, where: flips)
    position.entryPrice = select(size .> 0, entry, position.entryPrice)
    position.quantity = after
    cash = cash - fill.quantity * fill.price - fill.fee
  }
}
