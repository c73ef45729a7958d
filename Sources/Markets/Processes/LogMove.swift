import Lanes

/// What a price process does to the log price in one step, or where prices may be negative to the price over that at t = 0:
/// across the gap, then from open to close.
@frozen @usableFromInline
package struct LogMove: Sendable, Equatable {
  /// Log price at the open less that at the last close; jumps of the step land here.
  @usableFromInline package var gap: Lanes
  /// Log price at the close less that at the open.
  @usableFromInline package var move: Lanes
  /// Standard deviation of the diffusion from open to close that was drawn for this step; 0 where nothing diffuses.
  @usableFromInline package var deviation: Lanes

  /// States a move.
  @inlinable
  package init(gap: Lanes, move: Lanes, deviation: Lanes) {
    self.gap = gap
    self.move = move
    self.deviation = deviation
  }

  /// Nothing moves.
  package static var none: LogMove { LogMove(gap: .zero, move: .zero, deviation: .zero) }
}
