import Documents
import MarketData

/// Recorded rows one after another, the same on every path: step 0 is the first row of the day on which the clock starts, or of
/// another one that is named, and the warm-up has the rows before it.
///
/// With a scale s every log return and log range is s times the recorded: a price that went from P₀ to P goes to P₀(P/P₀)^s. At
/// 1 the rows are as they are, to the last bit; at 0 nothing moves.
///
/// Prices are those of the file where each asset's price is its close before that row, and those times one factor else.
package struct HistoryReplay: RowModel {
  /// Which rows of which file; all of them may serve. Those after its last day are as if the file did not have them: what is
  /// made of all rows, such as a mean volume, does not know them either.
  package let source: BarSource
  /// Factor s of log returns and ranges; at least 0.
  package let scale: Double
  /// The day with whose first row step 0 begins; nil for that on which the clock starts.
  package let startsFrom: CalendarDay?

  /// States the model.
  package init(source: BarSource, scale: Double = 1, startsFrom: CalendarDay? = nil) {
    self.source = source
    self.scale = scale
    self.startsFrom = startsFrom
  }

  /// The fields in documents.
  package static let form = Form(
    BarSource.fileField, BarSource.columnsField,
    Field("from", .optional(.date), "day with whose first row step 0 begins; the clock's start when left out"),
    BarSource.toField, BarSource.gapsField, BarSource.splitsField,
    Field("scale", .number(.factor, in: .between(0, 10)), default: 1, "factor of recorded log returns and ranges"),
    make: { (file, columns, from, to, gaps, splits, scale) throws(FormViolation) in
      if let from, let to, to < from { throw FormViolation("to", "\(to) is before \(from)") }
      return HistoryReplay(
        source: BarSource(file: file, columns: columns, to: to, gaps: gaps, splits: splits), scale: scale,
        startsFrom: from)
    })

  package func makeState(_ site: RowSite) -> any RowState {
    HistoryReplayState(startRow: startRow(site.time, site.clock) ?? 0)
  }

  package var limits: [String] {
    [
      scale == 1
        ? "The recorded bars are run as they are: they are one path, and what trading does to a price does not change what follows."
        : "The recorded log returns and ranges are run times \(JSONWriter.number(scale)): they are one path, and what trading does "
          + "to a price does not change what follows.",
      "What did well on one history among several that were tried did so in part by luck; nothing here corrects for how many.",
    ]
  }

  /// The first row on or after the first day: by UTC date, or from the open of a session on that begins on the evening before.
  package func startRow(_ time: [Int64], _ clock: Clock) -> Int? {
    let day = firstDay(clock)
    let midnight = Int64(day.daysSince1970) * Self.day
    // Bars of a day have its date; shorter ones the moment at which they were recorded.
    let open = clock.stepsPerDay == 1 ? midnight : Int64((clock.openInstant(on: day) * 1000).rounded())
    return time.firstIndex { $0 >= min(midnight, open) }
  }

  /// The day of step 0 in the file.
  private func firstDay(_ clock: Clock) -> CalendarDay { startsFrom ?? clock.start }

  /// How long no row may come after the clock's first day: weekends and holidays.
  private static let mostMissing = 7
  private static let day: Int64 = 86_400_000

  /// A clock that asks for rows which the file does not have.
  package func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] {
    let (start, whose) = (firstDay(clock), startsFrom == nil ? "the clock's start on " : "")
    let names = record.assets.map(quoted).joined(separator: ", ")
    func date(_ row: Int) -> CalendarDay {
      CalendarDay(daysSince1970: Int(record.time[row]).floorDivided(by: 86_400_000))
    }
    guard let first = startRow(record.time, clock) else {
      return [
        FormViolation(
          "file", "the last row of \(names) is of \(date(record.count - 1)), before \(whose)\(start)")
      ]
    }
    var violations: [FormViolation] = []
    if date(first).daysSince1970 - start.daysSince1970 > Self.mostMissing {
      violations.append(
        FormViolation(
          "file", "the first row of \(names) after \(whose)\(start) is of \(date(first))"))
    }
    if first < clock.warmupSteps {
      violations.append(
        FormViolation(
          "file",
          "it has \(first) rows of \(names) before \(start), and the warm-up has \(clock.warmupSteps) steps"))
    }
    if record.count - first < clock.steps {
      violations.append(
        FormViolation(
          "file",
          "it has \(record.count - first) rows of \(names) from \(start) on, and the clock asks for \(clock.steps)"
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
