import MarketData

/// Bars that are missing inside the regular clock of the others, by the rule of `BarClock`: nights, weekends and holidays are
/// no gaps.
struct MissingBars: BarCheck {
  let name = "gaps"
  let summary = "bars that are missing inside the file's regular clock"
  let words = (one: "gap", several: "gaps")

  func findings(in rows: CheckedRows) -> [Finding] {
    guard let clock = rows.clock else { return [] }
    let step = BarTable.duration(clock.step)
    guard clock.isRegular else {
      let share = Int(clock.regularShare * 100)
      return [
        rows.finding(
          name, rows.sound,
          "the bars have no regular clock: the most frequent distance, \(step), is that of \(share) % of them")
      ]
    }
    return (0..<(rows.times.count - 1)).compactMap { index in
      guard let gap = clock.gap(after: index) else { return nil }
      let bars = gap.count == 1 ? "a bar of \(step) is" : "\(gap.count) bars of \(step) are"
      let after = rows.sound[index + 1]
      return Finding(
        kind: name, rows: [], line: rows.rows.rows[after].line, times: gap.expected...rows.times[index + 1],
        count: gap.count,
        sentence: "\(bars) missing from \(Timestamp.text(milliseconds: gap.expected)) on")
    }
  }
}
