import Documents

/// A day of the proleptic Gregorian calendar.
package struct CalendarDay: Sendable, Hashable {
  /// The year.
  package let year: Int
  /// The month, 1…12.
  package let month: Int
  /// The day of the month, from 1.
  package let day: Int

  /// The day of a date, or nil when there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    self.init(unchecked: year, month, day)
    guard CalendarDay(daysSince1970: daysSince1970) == self else { return nil }
  }

  /// The day so many days after 1970-01-01.
  ///
  /// Source: Howard Hinnant, chrono-compatible low-level date algorithms, `civil_from_days`.
  package init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The day of a text such as `2024-01-03`, or nil.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days after 1970-01-01.
  ///
  /// Source: Howard Hinnant, `days_from_civil`.
  package var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day of the week: 0 is Monday, 6 is Sunday.
  package var weekday: Int { (daysSince1970 + 3).floorModulo(7) }

  /// Whether the day is a Saturday or a Sunday.
  var isWeekend: Bool { weekday > 4 }

  /// The day so many weekdays later (earlier when negative), from a weekday. Holidays are not modelled.
  package func weekdays(later count: Int) -> CalendarDay {
    let sinceMonday = weekday + count
    return CalendarDay(
      daysSince1970: daysSince1970 - weekday + 7 * sinceMonday.floorDivided(by: 5) + sinceMonday.floorModulo(5))
  }
}

extension CalendarDay: Comparable, CustomStringConvertible {
  /// By date.
  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// ISO 8601: `2024-01-03`.
  package var description: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
}

extension FieldKind where Value == CalendarDay {
  /// A date such as `"2024-01-03"`.
  package static var date: FieldKind {
    FieldKind(
      FieldType("date"),
      schema: { _ in .string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$").with("examples", ["2024-01-03"]) },
      json: { .string($0.description) }
    ) { node, reading in
      guard let text = node.string else {
        reading.report(expected: #"a date such as "2024-01-03""#, at: node)
        return nil
      }
      guard let day = CalendarDay(text) else {
        reading.report("\(quoted(text)) is not a date such as \"2024-01-03\"", at: node)
        return nil
      }
      return day
    }
  }
}

extension Int {
  /// The quotient rounded down.
  package func floorDivided(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder of the quotient rounded down: 0 ..< divisor.
  package func floorModulo(_ divisor: Int) -> Int {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// The number with leading zeros.
  package func padded(_ width: Int) -> String {
    let text = "\(self)"
    return String(repeating: "0", count: Swift.max(0, width - text.utf8.count)) + text
  }
}
