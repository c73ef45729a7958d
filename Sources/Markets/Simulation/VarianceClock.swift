import MarketData

/// The clock of variance, sub-step by sub-step.
struct VarianceClock {
  private let clock: Clock
  private let substeps: Int

  /// A clock whose steps have so many sub-steps each.
  init(_ clock: Clock, substeps: Int) {
    self.clock = clock
    self.substeps = substeps
  }

  /// Years of variance from t = 0 to the last close before the warm-up; at most 0.
  var firstStart: Double { time(-clock.warmupSteps, 0).startYears }

  /// When a sub-step is.
  ///
  /// - Parameter part: which of the step's, from 0.
  func time(_ step: Int, _ part: Int) -> VarianceTime {
    let (gap, intraday) = clock.varianceYears(step)
    let start = clock.startYears(step)
    guard substeps > 1 else {
      return VarianceTime(substep: step, gapYears: gap, intradayYears: intraday, startYears: start)
    }
    let share = intraday / Double(substeps)
    return VarianceTime(
      substep: step * substeps + part, gapYears: part == 0 ? gap : 0, intradayYears: share,
      startYears: part == 0 ? start : start + gap + Double(part) * share)
  }
}
