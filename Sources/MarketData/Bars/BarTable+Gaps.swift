import Documents

extension BarTable {
  /// Bars that are missing inside a regular clock, by the rule of `BarClock`, each at the bar after it; and closes that
  /// are missing between others in a wide file.
  ///
  /// A day is no holiday of an asset when another asset of the file that has bars on the same days of the week has bars
  /// on it.
  ///
  /// - Parameters:
  ///   - limit: the most gaps to find.
  ///   - wanted: the assets to look at, against all others; nil for all.
  ///   - moments: when the bar after a gap was recorded, in milliseconds since 1970-01-01 UTC; nil for whenever.
  /// - Returns: at most `limit` gaps, in the order of the file.
  package func gaps(
    atMost limit: Int = CSVTable.maximumProblems, of wanted: [String]? = nil, within moments: Range<Int64>? = nil
  ) -> [Problem] {
    let clocks = series.map { BarClock($0.time) }
    let others = othersTimes.compactMap { BarClock($0.sorted()) }
    var openDays: [Set<Int>: Set<Int>] = [:]
    if !layout.isWide, series.count + others.count > 1 {
      for clock in clocks.compactMap({ $0 }) + others {
        openDays[clock.closedWeekdays, default: []].formUnion(clock.dates)
      }
    }
    var found: [Problem] = []
    for (asset, clock) in clocks.enumerated() where wanted?.contains(names[asset]) ?? true {
      guard let clock else { continue }
      guard clock.isRegular else {
        found.append(irregular(asset, clock))
        continue
      }
      let shared = openDays[clock.closedWeekdays]
      var count = 0
      for index in 0..<(series[asset].count - 1) where count < limit {
        guard moments?.contains(series[asset].time[index + 1]) ?? true else { continue }
        if let problem = gap(asset, clock, shared, after: index) {
          found.append(problem)
          count += 1
        }
      }
    }
    return Array(found.sorted().prefix(limit))
  }

  private func gap(_ asset: Int, _ clock: BarClock, _ openDays: Set<Int>?, after index: Int) -> Problem? {
    let row = Int(rows[asset][index])
    let next = Int(rows[asset][index + 1])
    if layout.isWide, abs(next - row) > 1,
      let column = layout.closes.first(where: { table.header[$0] == names[asset] })
    {
      let count = abs(next - row) - 1
      return table.problem(
        row + (next - row).signum(), column,
        "expected a close, found none\(count > 1 ? ", \(count) times in a row" : "")")
    }
    guard let gap = clock.gap(after: index, isHoliday: { openDays?.contains($0) != true }) else { return nil }
    let text = table.text(next, layout.time)
    let whose = names[asset].isEmpty || layout.isWide ? "" : " of \(quoted(names[asset]))"
    let expected =
      layout.times.isPlain ? Self.time(gap.expected, like: text) : Timestamp.text(milliseconds: gap.expected)
    let step = Self.duration(clock.step)
    let bars = gap.count == 1 ? "a bar of \(step)\(whose) is" : "\(gap.count) bars of \(step)\(whose) are"
    return table.problem(next, layout.time, "expected \(expected), found \(text): \(bars) missing")
  }

  private func irregular(_ asset: Int, _ clock: BarClock) -> Problem {
    let whose = names[asset].isEmpty ? "" : " of \(quoted(names[asset]))"
    let share = Int(clock.regularShare * 100)
    return table.problem(
      Int(rows[asset][0]), layout.time,
      "the bars\(whose) have no regular clock: the most frequent distance, "
        + "\(Self.duration(clock.step)), is that of \(share) % of them")
  }

  /// A distance of bars in words: days where it is of whole days.
  package static func duration(_ milliseconds: Int64) -> String {
    let days = milliseconds / BarClock.day
    return days * BarClock.day == milliseconds
      ? "\(days)d" : TradingTime.text(seconds: Double(milliseconds) / 1000)
  }

  /// A time as the file writes it: a date alone, a count, or ISO 8601 with a time of day.
  private static func time(_ milliseconds: Int64, like text: String) -> String {
    if text.allSatisfy(\.isNumber) {
      switch text.utf8.count {
      case ..<12: return "\(milliseconds / 1000)"
      case ..<15: return "\(milliseconds)"
      case ..<18: return "\(milliseconds)000"
      default: return "\(milliseconds)000000"
      }
    }
    let full = Timestamp.text(milliseconds: milliseconds)
    return text.utf8.count <= 10 ? String(full.prefix(10)) : full
  }
}
