import Lanes

/// The logarithms of an event's factors at full strength, on eight paths.
struct EventFactors {
  /// Of volatility, half-spread, depth, volume and the refill's half-life.
  var volatility = Lanes.zero
  var halfSpread = Lanes.zero
  var depth = Lanes.zero
  var volume = Lanes.zero
  var refillHalfLife = Lanes.zero

  /// Makes them those at a severity.
  mutating func scale(by severity: Double) {
    volatility *= severity
    halfSpread *= severity
    depth *= severity
    volume *= severity
    refillHalfLife *= severity
  }

  /// Multiplies an effect by the factors to the power of a window's mean over the step: M^(θ·w̄).
  @inline(__always)
  func multiply(_ effect: inout EventEffect, window: Lanes) {
    effect.volatility *= exp(window * volatility)
    effect.halfSpread *= exp(window * halfSpread)
    effect.depth *= exp(window * depth)
    effect.volume *= exp(window * volume)
    effect.refillHalfLife *= exp(window * refillHalfLife)
  }
}
