import Documents

/// The steps of a scenario: how long each is, how many there are, and where they stand in the calendar.
///
/// t = 0 ends the warm-up and is the close of the last session before `start`: step 0 opens the session of `start`,
/// with its overnight gap. Warm-up steps are −`warmupSteps` … −1. Trading time counts sessions only.
package struct Clock: Sendable, Hashable {
  /// When the market trades.
  package let calendar: TradingCalendar
  /// Seconds of trading in a step.
  package let stepSeconds: Double
  /// Steps from t = 0 to the horizon.
  package let steps: Int
  /// Steps before t = 0.
  package let warmupSteps: Int
  /// The day whose session step 0 opens.
  package let start: CalendarDay
  /// Steps in a session, or in 24 h where trading is continuous.
  package let stepsPerDay: Int

  /// Sub-steps of a step as the document states them; nil where it leaves them to the step's length.
  package let statedSubsteps: Int?

  /// The most steps that a clock may have, warm-up included; and the most sub-steps.
  package static let maximumSteps = 1 << 30
  /// The most sub-steps that a step may have.
  package static let maximumSubsteps = 256

  /// The sub-steps of a step, at whose ends prices of all assets are drawn together.
  ///
  /// Unless stated, one for every seven and a half minutes of trading, 32 at most, and one up to five minutes: so that a
  /// stock moves by 1 % in a sub-step, not more. They follow from the clock alone: nothing else in a scenario moves them.
  package var substeps: Int {
    statedSubsteps ?? Self.standardSubsteps(stepSeconds)
  }

  private static func standardSubsteps(_ stepSeconds: Double) -> Int {
    stepSeconds <= 300 ? 1 : Int(min(32, (stepSeconds / 450).rounded(.up)))
  }

  /// A clock; durations are seconds of trading time.
  ///
  /// - Throws: what doesn't fit: a step that doesn't divide the session, a length or warm-up of no whole number of
  ///   steps, a start at a weekend, more sub-steps than can be counted.
  package init(
    calendar: TradingCalendar, step: Double, length: Double, warmup: Double, start: CalendarDay, substeps: Int? = nil
  ) throws(FormViolation) {
    var violations: [FormViolation] = []
    let text = TradingTime.text
    let day = calendar.secondsPerDay
    let dayName = calendar.isContinuous ? "day" : "session"
    let perDay = Self.whole(day, dividedBy: step)
    if perDay == nil {
      violations.append(
        FormViolation("step", "a step of \(text(step)) does not divide the \(dayName) of \(text(day))"))
    }
    let steps = Self.whole(length, dividedBy: step)
    let warmupSteps = Self.whole(warmup, dividedBy: step)
    if perDay != nil {
      for (name, value, count) in [("length", length, steps), ("warmup", warmup, warmupSteps)] where count == nil {
        violations.append(FormViolation(name, "\(text(value)) is not a whole number of steps of \(text(step))"))
      }
      if let steps, let warmupSteps, steps + warmupSteps > Self.maximumSteps {
        violations.append(FormViolation("length", "\(steps + warmupSteps) steps are more than \(Self.maximumSteps)"))
      } else if let steps, let warmupSteps {
        let count = (steps + warmupSteps) * (substeps ?? Self.standardSubsteps(step))
        if count > Self.maximumSteps {
          violations.append(
            FormViolation(
              substeps == nil ? "length" : "substeps", "\(count) sub-steps are more than \(Self.maximumSteps)"))
        }
      }
    }
    if !calendar.isContinuous, start.isWeekend {
      let name = start.weekday == 5 ? "Saturday" : "Sunday"
      violations.append(FormViolation("start", "\(start) is a \(name); sessions are held Monday to Friday"))
    }
    guard violations.isEmpty, let perDay, let steps, let warmupSteps else { throw FormViolation(violations) }
    self.calendar = calendar
    self.stepSeconds = step
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.start = start
    stepsPerDay = perDay
    statedSubsteps = substeps
  }

  /// How often a step fits into a duration, when that is a whole number (to a part in 10⁹).
  private static func whole(_ duration: Double, dividedBy step: Double) -> Int? {
    let ratio = duration / step
    let rounded = ratio.rounded()
    guard ratio.isFinite, abs(ratio - rounded) <= 1e-9 * max(1, rounded), rounded < 1e15 else { return nil }
    return rounded < 1 && duration > 0 ? nil : Int(rounded)
  }

  /// The form of `clock` in documents; once read, it tells the rest of the document what `1d` means.
  package static let form = Form(
    Field(
      "calendar",
      .model(TradingCalendar.catalogue).then { calendar, _, reading in
        reading[TradingTime.SecondsPerDay.self] = calendar.secondsPerDay
      }, "when the market trades"),
    Field("step", .duration(in: .atLeast(0.001)), "length of a step; it divides the session"),
    Field("length", .duration(in: .above(0)), "from t = 0 to the horizon"),
    Field("warmup", .duration, default: 0, "steps before t = 0, for look-backs"),
    Field("start", .date, default: CalendarDay(daysSince1970: 19_724), "the day of the first tradable session"),
    Field(
      "substeps", .optional(.integer(in: 1...maximumSubsteps)),
      "points inside a step at which all assets' prices are drawn together; by default one up to five minutes, else one "
        + "for every 7.5 minutes, 32 at most"),
    make: { (calendar, step, length, warmup, start, substeps) throws(FormViolation) in
      try Clock(calendar: calendar, step: step, length: length, warmup: warmup, start: start, substeps: substeps)
    })
}

extension Clock {
  /// Whether a step is the first of a session, with an overnight gap before it; never where trading is continuous.
  package func opensSession(_ step: Int) -> Bool {
    !calendar.isContinuous && step.floorModulo(stepsPerDay) == 0
  }

  /// The variance time of a step in years: of the gap before its open, and from open to close.
  ///
  /// Over a day both add up to 1/`daysPerYear`, so that an annual volatility is close to close in every calendar.
  package func varianceYears(_ step: Int) -> (gap: Double, intraday: Double) {
    (opensSession(step) ? gapYears : 0, intradayYears)
  }

  /// The variance time of an overnight gap, in years; 0 where trading is continuous.
  package var gapYears: Double { calendar.overnightVarianceShare / calendar.daysPerYear }

  /// The variance time of a step from open to close, in years.
  package var intradayYears: Double {
    (1 - calendar.overnightVarianceShare) / (calendar.daysPerYear * Double(stepsPerDay))
  }

  /// So many steps in years of trading time.
  package func years(_ steps: Int) -> Double { Double(steps) / (calendar.daysPerYear * Double(stepsPerDay)) }

  /// A duration of trading time in steps and parts of one.
  package func steps(seconds: Double) -> Double { seconds / stepSeconds }

  /// The length from t = 0 to the horizon, in seconds of trading time.
  package var lengthSeconds: Double { Double(steps) * stepSeconds }
}
