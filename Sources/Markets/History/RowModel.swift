import Documents
import MarketData
import Randomness

/// A history model that gives each path one row of a file of bars a step, the same for all assets: an immutable model,
/// whose state per tile is a `RowState`.
package protocol RowModel: HistoryModel {
  /// Which rows of which file.
  var source: BarSource { get }
  /// The model's state for a tile.
  func makeState(_ site: RowSite) -> any RowState
  /// What is wrong with it on these rows, in a market with this clock.
  func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation]
  /// The row of step 0 where it is the same on every path, and so all that follow; nil where each path has rows of its own.
  func startRow(_ time: [Int64], _ clock: Clock) -> Int?
  /// Factor of recorded log returns and ranges.
  var scale: Double { get }
}

extension RowModel {
  /// Each path has rows of its own.
  package func startRow(_ time: [Int64], _ clock: Clock) -> Int? { nil }
  /// They are taken as they are.
  package var scale: Double { 1 }
}

extension RowModel {
  /// The file of its rows.
  package var files: [String] { [source.file] }

  /// Reads the whole file; days and assets are picked when a movement is made of it.
  package func open() throws(Problems) -> any OpenedHistory {
    let roles = source.columns.roles
    // A file of one asset is that asset's, whatever it is called there, unless the document names the column of names.
    let file = try BarFile.read(
      source.file, named: roles, needs: BarColumns.needs, namesOneAsset: roles[.asset] != nil)
    return OpenedRows(model: self, file: file)
  }
}

/// What a row model gets to know about where it runs.
package struct RowSite {
  /// When each row was recorded: milliseconds since 1970-01-01 UTC.
  package let time: [Int64]
  /// Lane groups of the tile.
  package let groups: Int
  /// Steps, warm-up, calendar.
  package let clock: Clock
  /// The scenario's random streams.
  let streams: RandomStreams

  /// Number of recorded rows.
  package var rows: Int { time.count }

  /// The key of a stream that the model names in its `streamNames`.
  package func key(_ name: String) -> StreamKey { streams.key(StreamName.ofHistory(name)) }
}

/// Which row each path of a tile is at; confined to one worker.
package protocol RowState: AnyObject {
  /// Starts new paths before their first warm-up step. A longer warm-up must move no row of a shorter one.
  func reset(_ paths: TilePaths)
  /// Starts the same paths again.
  func restart()
  /// Writes the row of each path in one step, [group × 8 + lane]; steps come in order.
  func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>)
}

/// A file of bars with the model that takes rows of it.
private struct OpenedRows: OpenedHistory {
  let model: any RowModel
  let file: BarFile

  private var table: BarTable { file.bars }
  var hasVolume: Bool { table.layout.fields[.volume] != nil }

  func movement(of names: [String], _ clock: Clock) throws(FormViolation) -> any Movement {
    let source = model.source
    let record = try RecordedHistory(RecordedBars(table), assets: names, from: source.from, to: source.to)
    var violations = model.violations(record, clock)
    if let complaint = clock.spacingComplaint(of: record.time) { violations.append(FormViolation("file", complaint)) }
    let gaps = gaps(names)
    if source.gaps == .refuse {
      violations += gaps.map { gap in
        FormViolation("file", "\(gap) (\"gaps\": \"allow\" takes the bars around it as neighbours)")
      }
    }
    if source.splits == .refuse {
      let start = model.startRow(record.time, clock)
      let rows = start.map { max(0, $0 - clock.warmupSteps)..<min(record.count, $0 + clock.steps) } ?? 0..<record.count
      violations += record.suspectedSplits(in: rows).map { FormViolation("file", $0) }
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return RowMovement(
      model, record.scaled(by: model.scale), limits: limits(gaps), startRow: model.startRow(record.time, clock))
  }

  /// The gaps that a row ends which the model takes.
  private func gaps(_ names: [String]) -> [Problem] {
    let day: Int64 = 86_400_000
    let first = model.source.from.map { Int64($0.daysSince1970) * day } ?? .min
    let end = model.source.to.map { Int64($0.daysSince1970 + 1) * day } ?? .max
    return table.gaps(of: table.names == [""] ? nil : names, within: first..<end)
  }

  /// What was understood of the file, for the report.
  private var said: [String] { file.warnings.map { "The recorded bars in \(table.table.file): \($0)" } }

  /// What the report says of gaps that were allowed.
  private func limits(_ gaps: [Problem]) -> [String] {
    guard let first = gaps.first else { return said }
    let count = gaps.count < CSVTable.maximumProblems ? "\(gaps.count)" : "At least \(gaps.count)"
    let are = gaps.count == 1 ? "gap is" : "gaps are"
    return said + [
      "\(count) \(are) allowed in the recorded bars, each resampled as one return of one step; the first: \(first)."
    ]
  }
}
