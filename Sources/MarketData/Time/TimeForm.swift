import Documents

/// How the times of a file are written: in one way in all rows.
package struct TimeForm: Sendable, Hashable {
  /// ISO 8601 or counts since 1970: what needs no understanding.
  package static let plain = TimeForm(style: nil, clockStyle: nil, isMonthFirst: false, east: 0)

  /// How the column of times is written; nil for the plain ways.
  let style: WrittenTime.Style?
  /// How a column of times of day beside a column of dates is written; nil where there is none.
  let clockStyle: WrittenTime.Style?
  /// Whether the month is the first part of a date with its year last.
  let isMonthFirst: Bool
  /// What the times are east of UTC though the file does not say so, in milliseconds.
  let east: Int64

  /// Whether times are ISO 8601 or counts, which the file's own text says as well as any.
  package var isPlain: Bool { style == nil }

  init(style: WrittenTime.Style?, clockStyle: WrittenTime.Style?, isMonthFirst: Bool, east: Int64) {
    self.style = style
    self.clockStyle = clockStyle
    self.isMonthFirst = isMonthFirst
    self.east = east
  }

  /// How the times of a table are written, by its first row; which part of a date is the month, by all rows.
  ///
  /// - Parameters:
  ///   - clock: the column of times of day, if dates stand apart.
  ///   - isDayFirst: what the kind of file is known to write, whatever the rows say; nil for nothing.
  ///   - east: what its times are east of UTC, in milliseconds.
  /// - Throws: that nobody can tell the day from the month.
  init(
    of table: CSVTable, time: Int, clock: Int?, isDayFirst: Bool? = nil, east: Int64 = 0
  ) throws(Problems) {
    self = .plain
    guard table.rowCount > 0 else { return }
    let field = table.field(0, time)
    if clock == nil, east == 0, Timestamp.plain(field) != nil, !Self.areCompact(table, time) { return }
    guard let first = WrittenTime(field) else { return }
    var clockStyle: WrittenTime.Style?
    if let clock {
      guard first.style.time == .none, let time = WrittenTime(timeOfDay: table.field(0, clock)) else { return }
      clockStyle = time.style
    }
    var isMonthFirst = false
    if case .yearLast = first.style.date {
      if let isDayFirst { isMonthFirst = !isDayFirst } else { isMonthFirst = try Self.isMonthFirst(table, time, first) }
    }
    self.init(style: first.style, clockStyle: clockStyle, isMonthFirst: isMonthFirst, east: east)
  }

  /// Whether counts of twelve digits are dates and times of day, as `202001020930`: as milliseconds they would be of 1976.
  /// Rows that are not are refused, as long as most are.
  private static func areCompact(_ table: CSVTable, _ time: Int) -> Bool {
    guard WrittenCursor(table.field(0, time)).rest.count == 12 else { return false }
    let count = (0..<table.rowCount).count { row in
      let text = WrittenCursor(table.field(row, time)).rest
      guard text.count == 12, text.starts(with: [0x31, 0x39]) || text.starts(with: [0x32, 0x30]) else { return false }
      return WrittenTime(text)?.day(monthFirst: false) != nil
    }
    return count * 2 > table.rowCount
  }

  /// So many rows at least have to prove what is the month: one may be a mistake.
  private static let fewestProofs = 3

  /// Which of the first two numbers of the dates is the month, by days beyond the twelfth.
  private static func isMonthFirst(
    _ table: CSVTable, _ time: Int, _ first: WrittenTime
  ) throws(Problems) -> Bool {
    var (dayFirst, monthFirst) = (0, 0)
    for row in 0..<table.rowCount {
      guard let date = WrittenTime(table.field(row, time)), date.style == first.style else { continue }
      if date.parts.0 > 12, date.parts.1 <= 12 { dayFirst += 1 }
      if date.parts.1 > 12, date.parts.0 <= 12 { monthFirst += 1 }
    }
    // Where both are met some row is refused, whichever is taken.
    if max(dayFirst, monthFirst) >= fewestProofs { return monthFirst > dayFirst }
    let days = [false, true].map { first.day(monthFirst: $0).map(\.description) ?? "no day" }
    throw Problems(
      table.problem(
        0, time,
        "\(quoted(table.text(0, time))) may be \(days[0]) with the day first or \(days[1]) with the month first, and "
          + "\(dayFirst + monthFirst == 0 ? "no row proves" : "fewer than \(fewestProofs) rows prove") which: write the "
          + "dates as \(first.day(monthFirst: false)?.description ?? "2020-01-31")"))
  }

  /// What times look like in words, for messages.
  func example(_ table: CSVTable, _ time: Int) -> String { table.text(0, time) }
}

extension Timestamp {
  /// Milliseconds since 1970-01-01 UTC of ISO 8601 or a count, with blanks around it or without; nil for anything else.
  static func plain(_ field: ArraySlice<UInt8>) -> Int64? {
    if let first = field.first, let last = field.last, first == 0x20 || last == 0x20 {
      let text = WrittenCursor(field).rest
      return milliseconds(text) ?? milliseconds(count: text)
    }
    return milliseconds(field) ?? milliseconds(count: field)
  }
}
