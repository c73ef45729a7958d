import Statistics

/// How time runs in a scenario.
package struct ClockSummary: Codable, Sendable, Equatable {
  /// Trading time in a step, in seconds.
  package let stepSeconds: Double
  /// Steps from t = 0 to the horizon.
  package let steps: Int
  /// Steps before t = 0.
  package let warmupSteps: Int
  /// Trading time in a session, in seconds; a day where trading is continuous.
  package let sessionSeconds: Double
  /// Day of the first session, such as `2024-01-03`.
  package let startDate: String
  /// IANA name; nil where trading is continuous.
  package let timeZone: String?
  /// Such as `sessions 09:30–16:00`; `continuous` where trading is.
  package let calendar: String

  /// A run makes it from the scenario's clock.
  package init(
    stepSeconds: Double, steps: Int, warmupSteps: Int, sessionSeconds: Double, startDate: String,
    timeZone: String? = nil, calendar: String
  ) {
    self.stepSeconds = stepSeconds
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.sessionSeconds = sessionSeconds
    self.startDate = startDate
    self.timeZone = timeZone
    self.calendar = calendar
  }
}

extension ClockSummary {
  /// From t = 0 to the horizon, in seconds of trading time.
  package var horizonSeconds: Double { stepSeconds * Double(steps) }

  /// How this clock's durations are written.
  package var unit: Unit {
    stepSeconds < sessionSeconds ? .duration(day: sessionSeconds) : .days(day: sessionSeconds)
  }
}
