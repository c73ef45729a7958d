import Documents
import Lanes

/// What is done about rows that look like a split in prices that were not adjusted for it.
package enum SplitHandling: String, Sendable, Hashable, CaseIterable {
  /// The file is refused, with each such row.
  case refuse
  /// They are taken as moves of the market.
  case allow
}

extension RecordedHistory {
  /// The rows that open, within two per cent, at what a split of a few units for a few would leave of the last close: prices
  /// that were not adjusted. In words, with how to mend them.
  ///
  /// - Parameter rows: those that count.
  package func suspectedSplits(in rows: Range<Int>) -> [String] {
    zip(assets, columns).flatMap { asset, column in
      rows.compactMap { row -> String? in
        guard let units = Self.split(of: column.gap[row]) else { return nil }
        let day = CalendarDay(daysSince1970: Int(time[row]).floorDivided(by: 86_400_000))
        let factor = JSONWriter.number((exp(Lanes(column.gap[row]))[0] * 1000).rounded() / 1000)
        return
          "\(quoted(asset)) opens on \(day) at \(factor) times its last close, as after a split of \(units.new) for \(units.old) in prices that were not adjusted: adjust prices and volume for splits, or "
          + "\"splits\": \"allow\" takes it as a move"
      }
    }
  }

  private static let splits = [
    (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (10, 1), (15, 1), (20, 1), (25, 1), (30, 1), (50, 1),
    (3, 2),
  ].flatMap { [(new: $0, old: $1), (new: $1, old: $0)] }

  /// How far an ordinary night may carry the price beside the split.
  private static let night = 0.02

  /// The split that a gap looks like.
  ///
  /// - Parameter gap: ln of an open over the close before.
  /// - Returns: new units for old ones; nil where it looks like none.
  package static func split(of gap: Double) -> (new: Int, old: Int)? {
    splits.min { abs(gap + logUnits($0)) < abs(gap + logUnits($1)) }.flatMap {
      abs(gap + logUnits($0)) <= night ? $0 : nil
    }
  }

  private static func logUnits(_ units: (new: Int, old: Int)) -> Double {
    log(Lanes(Double(units.new) / Double(units.old)))[0]
  }
}
