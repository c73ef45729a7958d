import Lanes

/// A desk's account on eight paths, beside its positions.
package struct Account: Sendable {
  /// Quote currency; negative where it is borrowed.
  package var cash: Lanes
  /// Cash and positions, marked at the last close; frozen after ruin.
  package var equity: Lanes
  /// 1/equity where the desk may trade: alive, with equity above 0; 0 elsewhere.
  package var perEquity: Lanes
  /// The largest equity at a close so far, t = 0 included.
  package var peak: Lanes
  /// Where the desk has not been ruined.
  package var isAlive = Mask.all

  /// An account with cash only.
  package init(equity: Lanes) {
    cash = equity
    self.equity = equity
    perEquity = 1 / equity
    peak = equity
  }

  /// Where the agent is asked: alive, with equity above 0.
  @inline(__always)
  var isAsked: Mask { perEquity .!= 0 }

  /// Takes up the equity of a close.
  @inline(__always)
  mutating func close(at equity: Lanes) {
    self.equity = equity
    let isAsked = isAlive & (equity .> 0)
    perEquity = select(isAsked, 1 / equity, .zero)
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
