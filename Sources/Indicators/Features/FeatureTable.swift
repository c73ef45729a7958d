import Foundation
import MarketData
import Threads

/// Features of recorded bars as comma-separated values: a row for each bar, in the order of the file.
///
/// The time comes first, as the file writes it where `BarTable.keepsTimeText` says so and else as ISO 8601 in UTC, then the asset where there are several, then the columns: the shortest
/// decimals that read back as the same double, and nothing in the look-back.
package struct FeatureTable: Sendable {
  private let bars: BarTable
  private let columns: [FeatureColumn]
  /// The figures of each asset, row by row: one array, so that threads don't contend for the ownership of many.
  private let values: [[Double]]
  private let assetNames: [[UInt8]]

  /// Computes columns of all assets.
  ///
  /// The columns must need nothing that the file does not have; see `BarLayout`.
  package init(_ columns: [FeatureColumn], of bars: BarTable) {
    self.bars = bars
    self.columns = columns
    values = bars.series.map { Self.rows(FeatureColumn.values(columns, of: $0), count: $0.count) }
    assetNames = bars.names.map(Self.field)
  }

  /// Writes the header and all rows, in blocks of some thousand rows.
  ///
  /// - Parameter write: takes a block; false ends the writing.
  package func write(_ write: ([UInt8]) -> Bool) {
    guard write(header) else { return }
    let count = bars.order.count
    var cursors = [Int](repeating: 0, count: bars.series.count)
    var start = 0
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    while start < count {
      // A block for each core, made at the same time and written in their order.
      var parts: [Part] = []
      while parts.count < cores, start < count {
        let end = min(count, start + Self.rowsInBlock)
        parts.append(Part(rows: start..<end, cursors: cursors))
        for asset in bars.order[start..<end] { cursors[Int(asset)] += 1 }
        start = end
      }
      let made = parts
      for block in orderedMap(made.count, threads: cores, { text(made[$0]) }) {
        guard write(block) else { return }
      }
    }
  }

  private static let rowsInBlock = 4096
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Rows, and how many rows of each asset come before them.
  private struct Part: Sendable {
    let rows: Range<Int>
    let cursors: [Int]
  }

  /// Columns as rows.
  private static func rows(_ columns: [[Double]], count: Int) -> [Double] {
    var rows = [Double](repeating: .nan, count: count * columns.count)
    for (number, column) in columns.enumerated() {
      for index in 0..<count { rows[index * columns.count + number] = column[index] }
    }
    return rows
  }

  private var header: [UInt8] {
    var names = [bars.keepsTimeText ? bars.table.header[bars.layout.time] : "time"]
    if bars.series.count > 1 { names.append(bars.layout.asset.map { bars.table.header[$0] } ?? "asset") }
    names += columns.map(\.name)
    return Array(names.map(Self.field).joined(separator: [Self.comma])) + [Self.lineFeed]
  }

  private func text(_ part: Part) -> [UInt8] {
    var cursors = part.cursors
    let keepsTimeText = bars.keepsTimeText
    var bytes: [UInt8] = []
    bytes.reserveCapacity(part.rows.count * (24 + 18 * columns.count))
    for row in part.rows {
      let asset = Int(bars.order[row])
      let index = cursors[asset]
      cursors[asset] += 1
      if keepsTimeText {
        bytes += bars.table.field(Int(bars.rows[asset][index]), bars.layout.time)
      } else {
        Self.append(Timestamp.text(milliseconds: bars.series[asset].time[index]), to: &bytes)
      }
      if assetNames.count > 1 {
        bytes.append(Self.comma)
        bytes += assetNames[asset]
      }
      let figures = values[asset]
      for place in (index * columns.count)..<((index + 1) * columns.count) {
        bytes.append(Self.comma)
        Self.append(figures[place], to: &bytes)
      }
      bytes.append(Self.lineFeed)
    }
    return bytes
  }

  /// The shortest text that reads back as the same number: `1` rather than `1.0`; nothing where there is none.
  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    if value.isNaN { return }
    if value == value.rounded(.towardZero), value.magnitude < 1e15, value != 0 || value.sign == .plus {
      append(String(Int(value)), to: &bytes)
    } else {
      append(value.description, to: &bytes)
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// A text as a field: in quotes where it holds what separates fields.
  private static func field(_ text: String) -> [UInt8] {
    guard text.utf8.contains(where: { [comma, lineFeed, UInt8(ascii: "\""), UInt8(ascii: "\r")].contains($0) }) else {
      return Array(text.utf8)
    }
    return Array("\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"".utf8)
  }
}
