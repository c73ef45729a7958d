import Lanes

/// What all events together do to one asset in one step: log offsets that add and multipliers that multiply.
@frozen @usableFromInline
package struct EventEffect: Sendable, Equatable {
  /// Offset of the log price at the open: that at the last close, and what jumps there.
  @usableFromInline var openOffset: Lanes
  /// What of it jumps at the open: no trade is possible between the last close and it.
  @usableFromInline var jump: Lanes
  /// Offset of the log price when orders arrive.
  @usableFromInline var arrivalOffset: Lanes
  /// Offset of the log price at the close.
  @usableFromInline var closeOffset: Lanes
  /// Factor of the volatility across the gap before the open: that of the step before, since a gap lies before
  /// everything that starts in its step; above 0.
  @usableFromInline var gapVolatility: Lanes
  /// Factor of the diffusion's volatility over the step; above 0.
  @usableFromInline package var volatility: Lanes
  /// Factor of the half-spread over the step; above 0.
  @usableFromInline package var halfSpread: Lanes
  /// Factor of the depth over the step; above 0.
  @usableFromInline package var depth: Lanes
  /// Factor of the volume over the step; above 0.
  @usableFromInline package var volume: Lanes
  /// Factor of the half-life by which the book refills, over the step; above 0.
  @usableFromInline package var refillHalfLife: Lanes

  /// No event: offsets exactly 0, factors exactly 1.
  @inlinable @inline(__always)
  package static var none: EventEffect {
    EventEffect(
      openOffset: .zero, jump: .zero, arrivalOffset: .zero, closeOffset: .zero, gapVolatility: .one, volatility: .one,
      halfSpread: .one, depth: .one, volume: .one, refillHalfLife: .one)
  }

  /// States an effect.
  @inlinable @inline(__always)
  package init(
    openOffset: Lanes, jump: Lanes, arrivalOffset: Lanes, closeOffset: Lanes, gapVolatility: Lanes, volatility: Lanes,
    halfSpread: Lanes, depth: Lanes, volume: Lanes, refillHalfLife: Lanes
  ) {
    self.openOffset = openOffset
    self.jump = jump
    self.arrivalOffset = arrivalOffset
    self.closeOffset = closeOffset
    self.gapVolatility = gapVolatility
    self.volatility = volatility
    self.halfSpread = halfSpread
    self.depth = depth
    self.volume = volume
    self.refillHalfLife = refillHalfLife
  }
}
