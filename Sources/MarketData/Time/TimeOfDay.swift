import Documents

/// A time of day on the wall clock, to the minute.
package struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Minutes since midnight, 0…1440; 1440 is the midnight that ends the day.
  package let minutes: Int

  /// A time so many minutes after midnight, or nil outside 0…1440.
  package init?(minutes: Int) {
    guard (0...1440).contains(minutes) else { return nil }
    self.minutes = minutes
  }

  /// The time of a text such as `09:30`, or nil.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
    else { return nil }
    self.init(minutes: hour * 60 + minute)
  }

  /// The time of day so many minutes after some midnight, or before it; 1440 is the end of the day.
  init(sinceMidnight minutes: Int) { self.minutes = minutes == 1440 ? 1440 : minutes.floorModulo(1440) }

  /// Seconds since midnight.
  package var seconds: Double { Double(minutes) * 60 }

  /// By time.
  package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }

  /// `09:30`.
  package var description: String { "\((minutes / 60).padded(2)):\((minutes % 60).padded(2))" }
}

extension FieldKind where Value == TimeOfDay {
  /// A time of day such as `"09:30"`, up to `"24:00"`.
  package static var timeOfDay: FieldKind {
    FieldKind(
      FieldType("time of day"), schema: { _ in .string(pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$") },
      json: { .string($0.description) }
    ) { node, reading in
      guard let text = node.string else {
        reading.report(expected: #"a time of day such as "09:30""#, at: node)
        return nil
      }
      guard let time = TimeOfDay(text) else {
        reading.report("\(quoted(text)) is not a time of day such as \"09:30\"", at: node)
        return nil
      }
      return time
    }
  }
}
