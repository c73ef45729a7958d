import Documents
import MarketData

/// Recorded rows as they are, one after another and the same on every path: step 0 is the first row of the day on which the
/// clock starts, and the warm-up has the rows before it.
///
/// Prices are those of the file where each asset's price is its close before that row, and those times one factor else.
package struct HistoryReplay: RowModel {
  /// Which rows of which file; all of them may serve. Those after its last day are as if the file did not have them: what is
  /// made of all rows, such as a mean volume, does not know them either.
  package let source: BarSource

  /// States the model.
  package init(source: BarSource) { self.source = source }

  /// The fields in documents.
  package static let form = Form(
    BarSource.fileField, BarSource.columnsField, BarSource.toField, BarSource.gapsField, BarSource.splitsField,
    make: { HistoryReplay(source: BarSource(file: $0, columns: $1, to: $2, gaps: $3, splits: $4)) })

  package func makeState(_ site: RowSite) -> any RowState {
    HistoryReplayState(startRow: startRow(site.time, site.clock) ?? 0)
  }

  package var limits: [String] {
    [
      "The recorded bars are run as they are: they are one path, and what trading does to a price does not change what follows.",
      "What did well on one history among several that were tried did so in part by luck; nothing here corrects for how many.",
    ]
  }

  /// The first row on or after the clock's first day.
  package func startRow(_ time: [Int64], _ clock: Clock) -> Int? {
    let start = Int64(clock.start.daysSince1970) * Self.day
    return time.firstIndex { $0 >= start }
  }

  /// How long no row may come after the clock's first day: weekends and holidays.
  private static let mostMissing = 7
  private static let day: Int64 = 86_400_000

  /// A clock that asks for rows which the file does not have.
  package func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] {
    let names = record.assets.map(quoted).joined(separator: ", ")
    func date(_ row: Int) -> CalendarDay {
      CalendarDay(daysSince1970: Int(record.time[row]).floorDivided(by: 86_400_000))
    }
    guard let first = startRow(record.time, clock) else {
      return [
        FormViolation(
          "file", "the last row of \(names) is of \(date(record.count - 1)), before the clock's start on \(clock.start)"
        )
      ]
    }
    var violations: [FormViolation] = []
    if date(first).daysSince1970 - clock.start.daysSince1970 > Self.mostMissing {
      violations.append(
        FormViolation(
          "file", "the first row of \(names) after the clock's start on \(clock.start) is of \(date(first))"))
    }
    if first < clock.warmupSteps {
      violations.append(
        FormViolation(
          "file",
          "it has \(first) rows of \(names) before \(clock.start), and the warm-up has \(clock.warmupSteps) steps"))
    }
    if record.count - first < clock.steps {
      violations.append(
        FormViolation(
          "file",
          "it has \(record.count - first) rows of \(names) from \(clock.start) on, and the clock asks for \(clock.steps)"
        ))
    }
    return violations
  }
}

/// The row of each step, on the paths of one tile.
private final class HistoryReplayState: RowState {
  private let startRow: Int

  init(startRow: Int) { self.startRow = startRow }

  func reset(_ paths: TilePaths) {}

  func restart() {}

  func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>) {
    for lane in rows.indices { rows[lane] = Int32(startRow + step) }
  }
}
