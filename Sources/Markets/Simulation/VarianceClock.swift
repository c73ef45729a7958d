import MarketData

/// The clock of variance, step by step.
struct VarianceClock {
  private let clock: Clock

  init(_ clock: Clock) { self.clock = clock }

  /// Years of variance from t = 0 to the last close before the warm-up; at most 0.
  var firstStart: Double { time(-clock.warmupSteps).startYears }

  /// When a step is.
  func time(_ step: Int) -> VarianceTime {
    let (gap, intraday) = clock.varianceYears(step)
    let gaps = clock.calendar.isContinuous ? 0 : Double(ceilDivided(step, clock.stepsPerDay))
    return VarianceTime(
      step: step, gapYears: gap, intradayYears: intraday,
      startYears: Double(step) * clock.intradayYears + gaps * clock.gapYears)
  }

  /// Sessions that open in 0 ..< step; negative for those in step ..< 0.
  private func ceilDivided(_ step: Int, _ perDay: Int) -> Int {
    step >= 0 ? (step + perDay - 1) / perDay : -(-step / perDay)
  }
}
