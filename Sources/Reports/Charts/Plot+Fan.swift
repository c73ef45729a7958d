import Drawing
import Lab
import Statistics

extension Plot {
  /// A fan: the bands from the 5th to the 95th and from the 25th to the 75th percentile, the median, a few single paths,
  /// and the last values at the right.
  mutating func fan(_ fan: Fan, series: String, unit: Unit, otherMedian: Fan? = nil, otherName: String = "") {
    band(fan.seconds, fan.p5, fan.p95, style: "o \(series)")
    band(fan.seconds, fan.p25, fan.p75, style: "i \(series)")
    for path in fan.samplePaths.prefix(layout.isNarrow ? 1 : 3)
    where path.count == fan.seconds.count {
      line(fan.seconds, path, style: "p \(series)")
    }
    if let otherMedian {
      line(otherMedian.seconds, otherMedian.p50, style: "n s0 d")
    }
    line(fan.seconds, fan.p50, style: "m \(series)")
    let spread = y.domain.upperBound - y.domain.lowerBound
    let write = { (value: Double) in
      Fan.text(value, unit, resolution: max(spread / 100, abs(value) * 0.005))
    }
    if let p5 = fan.p5.last, let p50 = fan.p50.last, let p95 = fan.p95.last {
      endLabel(write(p50), at: p50, series: series)
      if write(p95) != write(p50) { endLabel("95th \(write(p95))", at: p95) }
      if write(p5) != write(p50) { endLabel("5th \(write(p5))", at: p5) }
    }
    if let other = otherMedian?.p50.last, !otherName.isEmpty {
      endLabel(otherName, at: other, series: "s0", dash: "d")
    }
  }
}

extension Fan {
  /// The values that the fan's axis must hold.
  var extent: [Double] {
    [p5.min(), p95.max()].compactMap { $0 } + samplePaths.prefix(5).flatMap { [$0.min(), $0.max()].compactMap { $0 } }
  }

  /// The fan in numbers: a row for each of at most 13 times.
  func table(_ time: String, time unit: Unit, value: Unit) -> DataTable {
    let spread = (extent.max() ?? 1) - (extent.min() ?? 0)
    return DataTable(
      [time, "5th percentile", "25th", "median", "75th", "95th"],
      DataTable.thinned(seconds.count, most: 13).map { index in
        [unit.text(seconds[index])]
          + [p5, p25, p50, p75, p95].map { Fan.text($0[index], value, resolution: max(spread / 400, 1e-9)) }
      })
  }

  /// A quantile in words. Counts hold what is at or under 0 in one bin, so that a quantile of 0 may be a debt.
  static func text(_ value: Double, _ unit: Unit, resolution: Double) -> String {
    unit == .percent && value == 0 ? "≤ 0\u{A0}%" : unit.text(value, resolution: resolution)
  }

  /// The times of the table's rows.
  var tableSeconds: [Double] { DataTable.thinned(seconds.count, most: 13).map { seconds[$0] } }

  /// What the bands are, as a subtitle's beginning.
  var spreadText: String {
    "Bands: the middle 50\u{A0}% and 90\u{A0}% of \(Unit.decimal(Double(n), decimals: 0)) paths (how they spread, not a "
      + "confidence interval)"
  }
}
