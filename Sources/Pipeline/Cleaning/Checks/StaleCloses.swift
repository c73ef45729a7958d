import MarketData

/// Closes that stay the same for longer than chance makes them: a feed that stood still.
struct StaleCloses: BarCheck {
  let name = "stale"
  let summary = "closes that stay the same for longer than chance makes them"
  let words = (one: "run of closes that stay", several: "runs of closes that stay")

  func findings(in rows: CheckedRows) -> [Finding] {
    // The first bar of a run has moved.
    let isStill = rows.closes.indices.map { $0 > 0 && rows.closes[$0] == rows.closes[$0 - 1] }
    return Standstill.runs(isStill).map { run in
      let bars = (run.lowerBound - 1)..<run.upperBound
      return rows.finding(
        name, bars.map { rows.sound[$0] },
        "the close stays \(CleaningWords.number(rows.closes[run.lowerBound])) for \(bars.count) bars, until "
          + rows.text(bars.upperBound - 1))
    }
  }
}
