import Lanes

/// The position in one asset on eight paths.
package struct Position: Sendable {
  /// Signed quantity, fractional.
  package var quantity = Lanes.zero
  /// The size-weighted average fill price of the open position.
  package internal(set) var entryPrice = Lanes.zero
  /// The mid at the last close, by which the position is marked: the unaffected one, so that no desk pumps its own mark.
  package var mark = Lanes.zero
  /// Quantity in orders that have not reached the venue yet.
  package var outstanding = Lanes.zero

  /// No position.
  package init() {}
}
