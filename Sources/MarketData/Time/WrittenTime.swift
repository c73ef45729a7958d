import Documents

/// A date, a time of day or both as files write them beside ISO 8601, taken apart and not yet understood: which part of
/// `01/02/2020` is the month only the column can tell.
struct WrittenTime {
  /// How the parts of a date stand to each other.
  enum DateStyle: Sendable, Hashable {
    /// No date.
    case none
    /// `20200102`: eight digits.
    case compact
    /// `2020.01.02`: four digits first.
    case yearFirst(separator: UInt8)
    /// `01/02/2020`: four digits last.
    case yearLast(separator: UInt8)
    /// `02-Jan-2020`, `Jan 02, 2020`: a month by its name.
    case named
  }

  /// How a time of day is written.
  enum TimeStyle: Sendable, Hashable {
    /// No time of day.
    case none
    /// `09:30`, with seconds and fractions or without.
    case colons
    /// `093000`, `0930`.
    case compact
    /// `09:30 PM`, `09-PM`.
    case halfDays
  }

  /// How a place in the world's time is given.
  enum ZoneStyle: Sendable, Hashable {
    /// Not at all.
    case none
    /// `Z`, `UTC`, `+01:00`, `GMT+0100`.
    case offset
    /// `US/Eastern`.
    case name
  }

  /// How it is written: every row of a column is written alike.
  struct Style: Sendable, Hashable {
    /// How the date is written.
    var date = DateStyle.none
    /// How the time of day is written.
    var time = TimeStyle.none
    /// How the zone is given.
    var zone = ZoneStyle.none
    /// What stands between date and time.
    var joint: UInt8 = 0
  }

  /// How it is written.
  var style = Style()
  /// The numbers of the date in the order in which they stand, the month of a named one as 1…12 in the middle.
  var parts = (0, 0, 0)
  /// Milliseconds since midnight.
  var timeOfDay: Int64 = 0
  /// Milliseconds east of UTC.
  var offset: Int64 = 0
  /// The name of the time zone.
  var zone: ArraySlice<UInt8> = []

  static func == (left: WrittenTime, right: WrittenTime) -> Bool {
    left.style == right.style && left.parts == right.parts && left.timeOfDay == right.timeOfDay
      && left.offset == right.offset && left.zone == right.zone
  }

  /// A time of day without a date, such as `09:30:00`, `093000` or `9:30 AM`; nil for anything else.
  init?(timeOfDay bytes: ArraySlice<UInt8>) {
    var cursor = WrittenCursor(bytes)
    guard readTime(&cursor), readZone(&cursor), cursor.isAtEnd else { return nil }
  }

  /// A date, or a date with a time of day; nil for anything else.
  init?(_ bytes: ArraySlice<UInt8>) {
    var cursor = WrittenCursor(bytes)
    guard readDate(&cursor) else { return nil }
    if cursor.isAtEnd { return }
    guard let joint = cursor.next, style.time == .none else {
      guard readZone(&cursor), cursor.isAtEnd else { return nil }
      return
    }
    switch joint {
    case UInt8(ascii: "T"), UInt8(ascii: "-"): cursor.index += 1
    case UInt8(ascii: ","), UInt8(ascii: " "):
      cursor.index += 1
      cursor.skipBlanks()
    default: return nil
    }
    style.joint = joint
    guard readTime(&cursor), readZone(&cursor), cursor.isAtEnd else { return nil }
  }

  /// The day, with the parts of a date with its year last in this order.
  func day(monthFirst: Bool) -> CalendarDay? {
    switch style.date {
    case .none: nil
    case .compact, .yearFirst: CalendarDay(year: parts.0, month: parts.1, day: parts.2)
    case .named: CalendarDay(year: parts.2, month: parts.1, day: parts.0)
    case .yearLast:
      monthFirst
        ? CalendarDay(year: parts.2, month: parts.0, day: parts.1)
        : CalendarDay(year: parts.2, month: parts.1, day: parts.0)
    }
  }

  private mutating func readDate(_ cursor: inout WrittenCursor) -> Bool {
    let start = cursor.index
    guard let first = cursor.number(atMost: 14) else { return readNamedMonthFirst(&cursor) }
    switch cursor.index - start {
    case 8:
      setCompact(first)
      return true
    case 12, 14:
      let isLong = cursor.index - start == 14
      let time = first % (isLong ? 1_000_000 : 10_000)
      setCompact(first / (isLong ? 1_000_000 : 10_000))
      style.time = .compact
      return setTime(time / (isLong ? 10_000 : 100), time / (isLong ? 100 : 1) % 100, isLong ? time % 100 : 0)
    case 4:
      guard let separator = cursor.dateSeparator(), let month = cursor.number(atMost: 2),
        cursor.take(separator), let day = cursor.number(atMost: 2)
      else { return false }
      parts = (first, month, day)
      style.date = .yearFirst(separator: separator)
      return true
    case 1, 2:
      guard let separator = cursor.dateSeparator() else { return false }
      if let month = cursor.month() {
        guard cursor.take(separator), let year = cursor.number(atMost: 4), year >= 1000 else { return false }
        parts = (first, month, year)
        style.date = .named
        return true
      }
      guard let second = cursor.number(atMost: 2), cursor.take(separator), let year = cursor.number(atMost: 4),
        year >= 1000
      else { return false }
      parts = (first, second, year)
      style.date = .yearLast(separator: separator)
      return true
    default: return false
    }
  }

  private mutating func readNamedMonthFirst(_ cursor: inout WrittenCursor) -> Bool {
    guard let month = cursor.month(), cursor.take(UInt8(ascii: " ")) || cursor.take(UInt8(ascii: "-")),
      let day = cursor.number(atMost: 2)
    else { return false }
    _ = cursor.take(UInt8(ascii: ","))
    guard cursor.take(UInt8(ascii: " ")) || cursor.take(UInt8(ascii: "-")), let year = cursor.number(atMost: 4),
      year >= 1000
    else { return false }
    parts = (day, month, year)
    style.date = .named
    return true
  }

  private mutating func setCompact(_ number: Int) {
    parts = (number / 10_000, number / 100 % 100, number % 100)
    style.date = .compact
  }

  private mutating func readTime(_ cursor: inout WrittenCursor) -> Bool {
    let start = cursor.index
    guard let hours = cursor.number(atMost: 6) else { return false }
    let digits = cursor.index - start
    if digits == 6 || digits == 4 {
      style.time = .compact
      return digits == 6
        ? setTime(hours / 10_000, hours / 100 % 100, hours % 100) : setTime(hours / 100, hours % 100, 0)
    }
    guard digits <= 2 else { return false }
    if cursor.take(UInt8(ascii: "-")) {
      guard let isAfternoon = cursor.halfOfDay() else { return false }
      style.time = .halfDays
      return setHalfDay(hours, 0, 0, isAfternoon)
    }
    guard cursor.take(UInt8(ascii: ":")), let minutes = cursor.twoDigits() else { return false }
    var seconds = 0
    var fraction: Int64 = 0
    if cursor.take(UInt8(ascii: ":")) {
      guard let read = cursor.twoDigits() else { return false }
      seconds = read
      if cursor.take(UInt8(ascii: ".")) {
        guard let read = cursor.fraction() else { return false }
        fraction = read
      }
    }
    let before = cursor.index
    cursor.skipBlanks()
    if let isAfternoon = cursor.halfOfDay() {
      style.time = .halfDays
      guard setHalfDay(hours, minutes, seconds, isAfternoon) else { return false }
    } else {
      cursor.index = before
      style.time = .colons
      guard setTime(hours, minutes, seconds) else { return false }
    }
    timeOfDay += fraction
    return true
  }

  private mutating func setHalfDay(_ hours: Int, _ minutes: Int, _ seconds: Int, _ isAfternoon: Bool) -> Bool {
    guard (1...12).contains(hours) else { return false }
    return setTime(hours % 12 + (isAfternoon ? 12 : 0), minutes, seconds)
  }

  private mutating func setTime(_ hours: Int, _ minutes: Int, _ seconds: Int) -> Bool {
    guard hours < 24, minutes < 60, seconds < 60 else { return false }
    timeOfDay = Int64((hours * 60 + minutes) * 60 + seconds) * 1000
    return true
  }

  /// An offset or the name of a zone; true where there is nothing.
  private mutating func readZone(_ cursor: inout WrittenCursor) -> Bool {
    cursor.skipBlanks()
    guard let next = cursor.next else { return true }
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
      guard let east = cursor.offset() else { return false }
      style.zone = .offset
      offset = east
      return true
    }
    let name = cursor.rest
    let isUTC = [Array("GMT".utf8), Array("UTC".utf8)].contains { name.starts(with: $0) }
    if name.elementsEqual([UInt8(ascii: "Z")]) || isUTC && name.count == 3 {
      style.zone = .offset
      cursor.index = cursor.end
      return true
    }
    if isUTC {
      cursor.index += 3
      guard let east = cursor.offset() else { return false }
      style.zone = .offset
      offset = east
      return true
    }
    guard name.contains(UInt8(ascii: "/")), name.allSatisfy(WrittenCursor.isOfName) else { return false }
    style.zone = .name
    zone = name
    cursor.index = cursor.end
    return true
  }
}
