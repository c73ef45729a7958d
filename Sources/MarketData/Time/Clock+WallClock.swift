extension Clock {
  /// When a step opens on the market's own wall clock: milliseconds since 1970-01-01 00:00 of that clock, as if it showed UTC
  /// and were never put forward or back.
  package func wallClock(atOpenOf step: Int) -> Int64 {
    let day = step.floorDivided(by: stepsPerDay) * daysPerStep
    let days = calendar.isContinuous ? start.daysSince1970 + day : start.weekdays(later: day).daysSince1970
    let seconds = calendar.wallSeconds(Double(stepOfDay(step)) * stepSeconds, isClose: false)
    return Int64(days) * 86_400_000 + Int64((seconds * 1000).rounded(.down))
  }
}
