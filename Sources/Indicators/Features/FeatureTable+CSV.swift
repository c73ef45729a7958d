import MarketData
import Threads

extension FeatureTable {
  /// Writes the header and all rows as comma-separated values, in blocks of some hundred rows: of each figure the shortest
  /// decimal that reads back as the same double, and nothing where there is none.
  ///
  /// - Parameter write: takes a block; false ends the writing.
  package func write(_ write: ([UInt8]) -> Bool) {
    guard write(header) else { return }
    let assets = bars.series.count > 1 ? bars.names.map(Self.field) : []
    let text = DecimalText()
    _ = try? OrderedJobs<RowWriter>(count: (count + Self.rowsInBlock - 1) / Self.rowsInBlock, threads: threads).run(
      makeWorker: { RowWriter(table: self, assets: assets, text: text) }, shouldStop: { false },
      deliver: { (_, block) throws(EndOfWriting) in
        if !write(block) { throw EndOfWriting() }
      })
  }

  private static let rowsInBlock = 512

  /// Nobody takes more.
  struct EndOfWriting: Error {}

  private struct RowWriter: JobWorker {
    let table: FeatureTable
    let assets: [[UInt8]]
    let text: DecimalText

    func run(_ block: Int, shouldStop: () -> Bool) -> [UInt8]? {
      let start = block * FeatureTable.rowsInBlock
      return table.text(start..<min(table.count, start + FeatureTable.rowsInBlock), assets, text)
    }
  }

  private var header: [UInt8] {
    var names = [bars.keepsTimeText ? bars.table.header[bars.layout.time] : "time"]
    if bars.series.count > 1 { names.append(bars.layout.asset.map { bars.table.header[$0] } ?? "asset") }
    names += columns.map(\.name)
    return Array(names.map(Self.field).joined(separator: [Self.comma])) + [Self.lineFeed]
  }

  private func text(_ rows: Range<Int>, _ assets: [[UInt8]], _ decimals: DecimalText) -> [UInt8] {
    let (table, time, width, keepsTimeText) = (bars.table, bars.layout.time, columns.count, bars.keepsTimeText)
    let times = rows.map { row in
      let (asset, place) = (Int(bars.order[row]), Int(places[row]))
      return keepsTimeText
        ? table.field(Int(bars.rows[asset][place]), time)
        : Array(Timestamp.text(milliseconds: bars.series[asset].time[place]).utf8)[...]
    }
    let name = assets.map { $0.count + 1 }.max() ?? 0
    let room =
      times.reduce(0) { $0 + $1.count } + rows.count * (name + 1 + width * (DecimalText.longest + 1)) + DecimalText.room
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { figures in
      guard let figures = figures.baseAddress else { return [] }
      fill(rows, figures)
      return [UInt8](unsafeUninitializedCapacity: room) { bytes, filled in
        guard let start = bytes.baseAddress else { return }
        var place = start
        var figure = UnsafePointer(figures)
        for (time, row) in zip(times, rows) {
          place = Self.copy(time, to: place)
          if !assets.isEmpty {
            place[0] = Self.comma
            place = Self.copy(assets[Int(bars.order[row])][...], to: place + 1)
          }
          place = decimals.write(fields: figure, count: width, to: place)
          figure += width
          place[0] = Self.lineFeed
          place += 1
        }
        filled = place - start
      }
    }
  }

  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")

  private static func copy(
    _ text: ArraySlice<UInt8>, to place: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    text.withUnsafeBufferPointer { text in
      if let first = text.baseAddress { place.update(from: first, count: text.count) }
      return place + text.count
    }
  }

  /// A text as a field: in quotes where it holds what separates fields.
  private static func field(_ text: String) -> [UInt8] {
    guard text.utf8.contains(where: { [comma, lineFeed, UInt8(ascii: "\""), UInt8(ascii: "\r")].contains($0) }) else {
      return Array(text.utf8)
    }
    return Array("\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"".utf8)
  }
}
