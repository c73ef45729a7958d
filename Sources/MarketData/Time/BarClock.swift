import Documents

/// The clock of recorded bars, inferred from their times: how far apart they are, and when the market is closed.
///
/// The step is the most frequent distance between neighbours (the smaller of two as frequent). Neighbours more than one
/// and a half steps apart have bars missing between them. That is no gap where the market was closed:
///
/// - Days of the week on which the file has bars in fewer than half of its weeks, such as Saturday, are closed.
/// - *Holidays*: up to four other days in a row without any bar, in markets that have closed days and, where bars are
///   shorter than a day, close at night. (Four is the longest that New York was closed since 1933: September 2001.)
/// - *Nights*, for bars shorter than a day: times of the day at which there is a bar on fewer than half of the four
///   nearest days, of the same day of the week, on either side. Looking at the sides apart lets the hours move when
///   clocks change.
/// - *Short days*, where markets close at night: a session that starts late or ends early by up to half of its bars; and
///   in any market an hour at the edge of a closing, by which clocks change.
/// - Christmas and New Year, in markets that have closed days: from noon of the 24th to the end of the 25th of
///   December, from noon of the 31st to the end of the 1st of January (UTC).
///
/// All days are UTC dates. A file whose bars come at all times of all days has no closings: there every missing bar is
/// a gap.
package struct BarClock {
  /// The most frequent distance between neighbours, in milliseconds.
  package let step: Int64
  /// The share of distances that are of one step.
  package let regularShare: Double
  /// The days of the week without bars, 0 for Monday.
  package let closedWeekdays: Set<Int>
  /// Whether the market closes at night.
  package let closesAtNight: Bool
  /// The dates that have bars, in days since 1970-01-01, increasing.
  package let dates: [Int]

  private let times: [Int64]
  private let datesByWeekday: [[Int]]
  private let barsPerDate: Double

  /// A day in milliseconds.
  package static let day: Int64 = 86_400_000

  /// A missing stretch between two bars.
  package struct Gap: Equatable {
    /// When the first missing bar would have been.
    package let expected: Int64
    /// How many bars are missing.
    package let count: Int
  }

  /// The clock of some times, which increase; nil for fewer than three bars, which have none.
  package init?(_ times: [Int64]) {
    guard times.count >= 3 else { return nil }
    self.times = times
    var counts: [Int64: Int] = [:]
    for index in 1..<times.count { counts[times[index] - times[index - 1], default: 0] += 1 }
    var best: (step: Int64, count: Int) = (.max, 0)
    for (distance, count) in counts where (count, best.step) > (best.count, distance) { best = (distance, count) }
    step = best.step
    regularShare = Double(best.count) / Double(times.count - 1)

    var dates: [Int] = []
    for time in times {
      let date = Self.date(time)
      if dates.last != date { dates.append(date) }
    }
    self.dates = dates
    barsPerDate = Double(times.count) / Double(dates.count)
    let datesByWeekday = (0..<7).map { weekday in dates.filter { Self.weekday($0) == weekday } }
    self.datesByWeekday = datesByWeekday
    let (first, last) = (dates[0], dates[dates.count - 1])
    closedWeekdays = Set(
      (0..<7).filter { weekday in
        let start = first + (weekday - Self.weekday(first)).floorModulo(7)
        let weeks = start > last ? 0 : (last - start) / 7 + 1
        return weeks > 0 && datesByWeekday[weekday].count * 2 < weeks
      })
    let limit = best.step + best.step / 2
    var nights = 0
    for index in 1..<times.count where times[index] - times[index - 1] > limit {
      nights += Self.date(times[index]) - Self.date(times[index - 1]) <= 1 ? 1 : 0
    }
    closesAtNight = best.step < 20 * 3_600_000 && dates.count > 1 && nights * 2 >= dates.count - 1
  }

  /// Whether the distances are regular enough to speak of a clock.
  package var isRegular: Bool { step > 28 * 3_600_000 || regularShare >= 0.5 }

  /// Whether bars are of a day.
  package var isDaily: Bool { step >= 20 * 3_600_000 && step <= 28 * 3_600_000 }

  /// What is missing between a bar and the next one; nil when nothing is.
  ///
  /// - Parameter isHoliday: whether a day without bars can be one; the other assets of the file may say no.
  package func gap(after index: Int, isHoliday: (Int) -> Bool = { _ in true }) -> Gap? {
    let (start, end) = (times[index], times[index + 1])
    guard end - start > step + step / 2 else { return nil }
    if step > 28 * 3_600_000 { return Gap(expected: start + step, count: steps(end - start) - 1) }

    let empty = (Self.date(start) + 1)..<max(Self.date(start) + 1, Self.date(end))
    let closed = empty.filter { closedWeekdays.contains(Self.weekday($0)) }
    let open = empty.filter { !closedWeekdays.contains(Self.weekday($0)) }
    let areHolidays = open.count <= 4 && open.allSatisfy { mayBeHoliday($0) && isHoliday($0) }
    if isDaily {
      guard !open.isEmpty, !areHolidays, let first = open.first else { return nil }
      return Gap(expected: start + Int64(first - Self.date(start)) * Self.day, count: open.count)
    }
    return areHolidays ? partialGap(start, end, closed, open) : gap(start, end, except: closed)
  }

  /// The gap of a break whose empty days are all closed: what is missing on the days of its ends.
  private func partialGap(_ start: Int64, _ end: Int64, _ closed: [Int], _ holidays: [Int]) -> Gap? {
    guard let gap = gap(start, end, except: closed + holidays) else { return nil }
    // At the edge of a closing: some of the break is closed anyway.
    let isAtEdge = !(closed + holidays).isEmpty || gap.count < steps(end - start) - 1
    let isShortDay = closesAtNight && Double(gap.count) <= barsPerDate / 2
    let isClockChange = Int64(gap.count) * step <= 3_600_000
    return isAtEdge && (isShortDay || isClockChange) ? nil : gap
  }

  /// The missing bars of a break when the market is usually open, outside of some days.
  private func gap(_ start: Int64, _ end: Int64, except closed: [Int]) -> Gap? {
    let dates = Set(closed)
    let total = max(1, steps(end - start) - 1)
    func isMissing(_ number: Int) -> Bool {
      let moment = start + Int64(number) * step
      return moment < end && !dates.contains(Self.date(moment)) && !isChristmasOrNewYear(moment)
        && isUsual(moment, inBreakWithClosedDays: !closed.isEmpty)
    }
    // A night of a file of seconds has tens of thousands of moments. What is missing beside a closing begins or ends
    // with the break, so a few moments, the first and the last among them, tell whether all have to be looked at.
    guard Self.numbers(upTo: total, atMost: 64).contains(where: isMissing) else { return nil }
    let numbers = Self.numbers(upTo: total, atMost: 20_000)
    let missing = numbers.filter(isMissing)
    guard let first = missing.first else { return nil }
    let count = Int((Double(missing.count) / Double(numbers.count) * Double(total)).rounded())
    return Gap(expected: start + Int64(first) * step, count: max(1, count))
  }

  /// Evenly spread numbers from 1 to a last one, both included.
  private static func numbers(upTo last: Int, atMost count: Int) -> [Int] {
    if last <= count { return Array(1...max(1, last)) }
    return (0..<count).map { 1 + Int(Double($0) / Double(count - 1) * Double(last - 1)) }
  }

  private func steps(_ distance: Int64) -> Int { Int((Double(distance) / Double(step)).rounded()) }

  /// Whether a day without bars can be a holiday.
  private func mayBeHoliday(_ date: Int) -> Bool {
    guard !closedWeekdays.isEmpty else { return false }
    if isDaily || closesAtNight { return true }
    let day = CalendarDay(daysSince1970: date)
    return (day.month, day.day) == (12, 25) || (day.month, day.day) == (1, 1)
  }

  private func isChristmasOrNewYear(_ moment: Int64) -> Bool {
    guard !closedWeekdays.isEmpty else { return false }
    let day = CalendarDay(daysSince1970: Self.date(moment))
    let isAfternoon = moment - Int64(Self.date(moment)) * Self.day >= Self.day / 2
    switch (day.month, day.day) {
    case (12, 25), (1, 1): return true
    case (12, 24), (12, 31): return isAfternoon
    default: return false
    }
  }

  /// Whether the file usually has a bar at the time of day of a moment, by the nearest days.
  private func isUsual(_ moment: Int64, inBreakWithClosedDays: Bool) -> Bool {
    let date = Self.date(moment)
    let time = moment - Int64(date) * Self.day
    if let answer = isUsual(time, on: datesByWeekday[Self.weekday(date)], around: date) { return answer }
    // No other such day of the week to go by.
    if inBreakWithClosedDays { return false }
    return isUsual(time, on: dates, around: date) ?? true
  }

  private func isUsual(_ time: Int64, on dates: [Int], around date: Int) -> Bool? {
    let middle = Self.lowerBound(dates, date)
    let later = middle < dates.count && dates[middle] == date ? middle + 1 : middle
    let sides = [dates[max(0, middle - 4)..<middle], dates[later..<min(dates.count, later + 4)]].map { side in
      // What lies before the file's first bar or after its last one says nothing.
      side.map { Int64($0) * Self.day + time }.filter { $0 >= times[0] && $0 <= times[times.count - 1] }
    }
    if sides.allSatisfy(\.isEmpty) { return nil }
    return sides.allSatisfy { side in side.count(where: hasBar) * 2 >= side.count }
  }

  /// Whether there is a bar within half a step of a moment.
  private func hasBar(_ moment: Int64) -> Bool {
    let index = Self.lowerBound(times, moment - step / 2)
    return index < times.count && times[index] < moment + step - step / 2
  }

  private static func lowerBound<Value: Comparable>(_ sorted: [Value], _ value: Value) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func date(_ time: Int64) -> Int { Int(time).floorDivided(by: Int(day)) }

  private static func weekday(_ date: Int) -> Int { (date + 3).floorModulo(7) }
}
