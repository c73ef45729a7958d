import Documents
import Lanes

/// Recorded bars of several assets, row by row at the moments at which all of them were recorded, as log returns and
/// log distances: what a bootstrap resamples.
package struct RecordedHistory: Sendable, Hashable {
  /// The assets, in the order in which they were asked for.
  package let assets: [String]
  /// When each row was recorded: milliseconds since 1970-01-01 UTC.
  package let time: [Int64]
  /// The columns of each asset, in the order of `assets`.
  package let columns: [Columns]

  /// What one asset did, one element a row.
  package struct Columns: Sendable, Hashable {
    /// ln(open / close of the row before).
    package fileprivate(set) var gap: [Double] = []
    /// ln(close / open).
    package fileprivate(set) var intraday: [Double] = []
    /// ln(high / max(open, close)), at least 0.
    package fileprivate(set) var highBeyond: [Double] = []
    /// ln(min(open, close) / low), at least 0.
    package fileprivate(set) var lowBeyond: [Double] = []
    /// What was traded, in units of the asset.
    package fileprivate(set) var volume: [Double] = []
    /// The close.
    package fileprivate(set) var close: [Double] = []
  }

  /// The closes before the first row, by asset.
  private let closesBefore: [Double]

  /// Whether all rows have a volume; without one it is NaN.
  package let hasVolume: Bool

  /// The number of rows.
  package var count: Int { time.count }

  /// The rows that all of some assets share, from one day to another (both included, by UTC date).
  ///
  /// A row's gap starts from the close of the shared row before it; the first shared row of the file has none, so it
  /// only starts the second.
  ///
  /// - Throws: an asset that the file does not have, or fewer than two rows.
  package init(
    _ bars: RecordedBars, assets: [String], from: CalendarDay? = nil, to: CalendarDay? = nil
  ) throws(FormViolation) {
    precondition(!assets.isEmpty, "Invariant: a history has an asset")
    var series: [BarSeries] = []
    var unknown: [FormViolation] = []
    for name in assets {
      if let found = bars.bars(of: name) {
        series.append(found)
      } else {
        let hint = Suggestion.hint(for: name, among: bars.names)
        unknown.append(FormViolation("\(bars.file) has no asset named \(quoted(name))\(hint)"))
      }
    }
    if !unknown.isEmpty { throw FormViolation(unknown) }
    if let from, let to, to < from { throw FormViolation("to", "\(to) is before \(from)") }

    let first = from.map { Int64($0.daysSince1970) * 86_400_000 } ?? .min
    let end = to.map { Int64($0.daysSince1970 + 1) * 86_400_000 } ?? .max
    var time: [Int64] = []
    var columns = [Columns](repeating: Columns(), count: assets.count)
    var before: [Int]?
    for rows in Self.sharedRows(series) {
      defer { before = rows }
      let moment = series[0].time[rows[0]]
      guard let before, moment >= first, moment < end else { continue }
      time.append(moment)
      for (asset, bars) in series.enumerated() {
        columns[asset].append(bars[rows[asset]], after: bars.close[before[asset]])
      }
    }
    guard time.count >= 2 else {
      let names = assets.map(quoted).joined(separator: ", ")
      let start = from.map { " from \($0)" } ?? ""
      let end = to.map { " to \($0)" } ?? ""
      throw FormViolation(
        "\(bars.file) has \(time.count) row\(time.count == 1 ? "" : "s")\(start)\(end) in which all of \(names) are "
          + "recorded; at least 2 are needed")
    }
    let closesBefore = columns.map { $0.close[0] / exp(Lanes($0.gap[0] + $0.intraday[0]))[0] }
    self.init(assets: assets, time: time, columns: columns, closesBefore: closesBefore)
  }

  /// The closes before a row, by asset.
  package func closes(before row: Int) -> [Double] {
    row > 0 ? columns.map { $0.close[row - 1] } : closesBefore
  }

  /// The same rows with log returns and log distances times a factor, and closes and volumes as they were recorded.
  package func scaled(by factor: Double) -> RecordedHistory {
    guard factor != 1 else { return self }
    let columns = columns.map { column in
      var scaled = column
      for index in column.gap.indices {
        scaled.gap[index] *= factor
        scaled.intraday[index] *= factor
        scaled.highBeyond[index] *= factor
        scaled.lowBeyond[index] *= factor
      }
      return scaled
    }
    return RecordedHistory(assets: assets, time: time, columns: columns, closesBefore: closesBefore)
  }

  /// The same rows with the assets in another order: the new i-th is the old `order[i]`-th.
  package func reordered(_ order: [Int]) -> RecordedHistory {
    RecordedHistory(
      assets: order.map { assets[$0] }, time: time, columns: order.map { columns[$0] },
      closesBefore: order.map { closesBefore[$0] })
  }

  private init(assets: [String], time: [Int64], columns: [Columns], closesBefore: [Double]) {
    self.closesBefore = closesBefore
    hasVolume = columns.allSatisfy { !$0.volume.contains { $0.isNaN } }
    self.assets = assets
    self.time = time
    self.columns = columns
  }

  /// The rows at which all series have a bar: one index into each.
  private static func sharedRows(_ series: [BarSeries]) -> [[Int]] {
    var rows: [[Int]] = []
    var cursors = [Int](repeating: 0, count: series.count)
    while zip(cursors, series).allSatisfy({ $0 < $1.count }) {
      let latest = zip(cursors, series).map { $1.time[$0] }.max() ?? .min
      if zip(cursors, series).allSatisfy({ $1.time[$0] == latest }) {
        rows.append(cursors)
        for asset in cursors.indices { cursors[asset] += 1 }
      } else {
        for asset in cursors.indices where series[asset].time[cursors[asset]] < latest { cursors[asset] += 1 }
      }
    }
    return rows
  }
}

extension RecordedHistory.Columns {
  fileprivate mutating func append(_ bar: Bar, after close: Double) {
    gap.append(logarithm(bar.open / close))
    intraday.append(logarithm(bar.close / bar.open))
    highBeyond.append(logarithm(bar.high / max(bar.open, bar.close)))
    lowBeyond.append(logarithm(min(bar.open, bar.close) / bar.low))
    volume.append(bar.volume)
    self.close.append(bar.close)
  }
}

/// The library's own natural logarithm: the C library's differs from machine to machine, and these become prices.
private func logarithm(_ x: Double) -> Double { log(Lanes(x))[0] }
