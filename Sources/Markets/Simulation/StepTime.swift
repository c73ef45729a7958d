import MarketData

/// When a step is, in steps and on the clock of variance.
package struct StepTime: Sendable, Hashable {
  /// The step: 0 is the first tradable one, the warm-up is negative.
  package let step: Int
  /// Years of variance between the last close and this open: the overnight share at a session's first step, else 0.
  package let gapYears: Double
  /// Years of variance from open to close.
  package let intradayYears: Double
  /// Years of variance from t = 0 to the last close before this step; negative in the warm-up.
  package let startYears: Double

  /// Years of variance from t = 0 to this step's close.
  package var endYears: Double { startYears + gapYears + intradayYears }
}

/// The clock of variance, step by step.
struct StepTimes {
  private let clock: Clock

  init(_ clock: Clock) { self.clock = clock }

  /// Years of variance from t = 0 to the last close before the warm-up; at most 0.
  var firstStart: Double { time(-clock.warmupSteps).startYears }

  /// When a step is.
  func time(_ step: Int) -> StepTime {
    let (gap, intraday) = clock.varianceYears(step)
    let gaps = clock.calendar.isContinuous ? 0 : Double(ceilDivided(step, clock.stepsPerDay))
    return StepTime(
      step: step, gapYears: gap, intradayYears: intraday,
      startYears: Double(step) * clock.intradayYears + gaps * clock.gapYears)
  }

  /// Sessions that open in 0 ..< step; negative for those in step ..< 0.
  private func ceilDivided(_ step: Int, _ perDay: Int) -> Int {
    step >= 0 ? (step + perDay - 1) / perDay : -(-step / perDay)
  }
}
