import Documents
import MarketData
import Threads

/// A table as arrays: figures as they are in memory, nothing of them turned into text.
extension FeatureTable {
  /// Writes the figures as an array of NumPy, of shape (rows, columns); NaN in the look-back.
  ///
  /// - Parameter write: takes a block; false ends the writing.
  package func writeNumPy(_ write: ([UInt8]) -> Bool) {
    guard write(NumPyFile.header(of: .number, shape: [count, columns.count])) else { return }
    _ = try? OrderedJobs<RowCopier>(count: (count + Self.rowsInCopy - 1) / Self.rowsInCopy, threads: threads).run(
      makeWorker: { RowCopier(table: self) }, shouldStop: { false },
      deliver: { (_, block) throws(EndOfWriting) in
        if !write(block) { throw EndOfWriting() }
      })
  }

  /// The times of the rows as an array of NumPy: whole milliseconds since 1970-01-01 UTC, of shape (rows,).
  package var timesNumPy: [UInt8] {
    let times = (0..<count).map { bars.series[Int(bars.order[$0])].time[Int(places[$0])] }
    return NumPyFile.header(of: .integer, shape: [count]) + NumPyFile.bytes(times)
  }

  /// The assets of the rows as an array of NumPy: whole numbers, each the place of a name in `assetNames`.
  package var assetsNumPy: [UInt8] {
    NumPyFile.header(of: .shortInteger, shape: [count]) + NumPyFile.bytes(bars.order)
  }

  /// The names of the assets where there are several, else none.
  package var assetNames: [String] { bars.series.count > 1 ? bars.names : [] }

  /// What the arrays' axes are: the names of the columns, and of the assets where there are several.
  package var namesJSON: String {
    JSONWriter.write(
      [
        "stresslab": "features/1", "rows": .integer(count), "columns": .array(columns.map { .string($0.name) }),
        "assets": .array(assetNames.map { .string($0) }),
      ], indented: true)
  }

  private static let rowsInCopy = 2048

  private struct RowCopier: JobWorker {
    let table: FeatureTable

    func run(_ block: Int, shouldStop: () -> Bool) -> [UInt8]? {
      let start = block * FeatureTable.rowsInCopy
      let rows = start..<min(table.count, start + FeatureTable.rowsInCopy)
      let size = rows.count * table.columns.count
      return [UInt8](unsafeUninitializedCapacity: size * 8) { bytes, filled in
        guard let first = bytes.baseAddress else { return }
        first.withMemoryRebound(to: Double.self, capacity: size) { table.fill(rows, $0) }
        filled = size * 8
      }
    }
  }
}
