import Lanes

extension LogMove {
  /// A recorded row's log returns as events leave them: their deviations from the means of all rows, and how far high and low lie
  /// beyond open and close, are multiplied. At a factor of 1 the recorded number, to the last bit.
  ///
  /// - Parameters:
  ///   - beyond: log of high over the higher end, and of the lower end over low, added up.
  ///   - means: of the rows' returns.
  @inline(__always)
  static func recorded(
    gap: Lanes, move: Lanes, beyond: Lanes, means: (gap: Double, move: Double), _ effect: EventEffect
  ) -> LogMove {
    // Parkinson's σ of a range is range / (2√ln 2).
    let parkinson = 0.6005612043932249
    let (factor, gapFactor) = (effect.volatility, effect.gapVolatility)
    let stressedGap = select(gapFactor .== 1, gap, fma(gapFactor, gap - means.gap, Lanes(means.gap)))
    let stressedMove = select(factor .== 1, move, fma(factor, move - means.move, Lanes(means.move)))
    return LogMove(
      gap: stressedGap, move: stressedMove, deviation: (abs(stressedMove) + beyond * factor) * parkinson)
  }
}
