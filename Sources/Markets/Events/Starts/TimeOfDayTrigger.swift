import Documents
import Lanes
import MarketData
import Randomness

/// At a time of day, on a day of the scenario: the open of a session is where its overnight gap lies.
package struct TimeOfDayTrigger: EventTrigger, Parametric {
  /// Which day of trading, from 1; a drawn number is rounded down.
  package let day: Draw
  /// When on that day.
  package let time: TimeOfDay

  /// States a time.
  package init(day: Draw = .fixed(1), time: TimeOfDay) {
    self.day = day
    self.time = time
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.day, "day", .draw(in: .atLeast(1)), default: .fixed(1),
      "which day of trading, counted from 1; a drawn number is rounded down"),
    ModelField("time", .timeOfDay, "time of day by the calendar's clock, within its session"),
    make: { TimeOfDayTrigger(day: $0, time: $1) })

  package func violations(in setting: EventSetting) -> [FormViolation] {
    let calendar = setting.clock.calendar
    guard let earliest = seconds(day: day.lowerBound, calendar) else {
      let sessions = calendar.sessions
      let first = sessions.first?.text.split(separator: "–").map(String.init) ?? []
      let words =
        sessions.count == 1 && first.count == 2
        ? "the session from \(first[0]) up to \(first[1])" : "a session of \(calendar.hours)"
      return [FormViolation("time", "\(time) is not within \(words)")]
    }
    guard earliest >= setting.lengthSeconds else { return [] }
    return [
      FormViolation(
        "day",
        "day \(JSONWriter.number(day.lowerBound.rounded(.down))) at \(time) comes after the end of the scenario, which has "
          + TradingTime.text(seconds: setting.lengthSeconds))
    ]
  }

  /// Seconds of trading from t = 0; nil where nothing is traded at that time of day.
  fileprivate func seconds(day: Double, _ calendar: TradingCalendar) -> Double? {
    calendar.secondsOfTrading(until: time).map { (day.rounded(.down) - 1) * calendar.secondsPerDay + $0 }
  }

  package func makeState(_ site: EventSite) -> any TriggerState { TimeOfDayState(self, site) }
}

private final class TimeOfDayState: TriggerState {
  private let model: TimeOfDayTrigger
  private let site: EventSite

  init(_ model: TimeOfDayTrigger, _ site: EventSite) {
    self.model = model
    self.site = site
  }

  func reset(_ parameter: (String) -> ContiguousArray<Lanes>, _ times: inout ContiguousArray<Lanes>) {
    for (group, days) in parameter("day").enumerated() {
      times[group] = Lanes {
        (self.model.seconds(day: days[$0], self.site.clock.calendar) ?? .infinity) / self.site.stepSeconds
      }
    }
  }
}
