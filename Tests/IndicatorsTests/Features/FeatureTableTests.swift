import Foundation
import Indicators
import MarketData
import Testing

/// Feature tables as files.
@Suite("Feature tables")
struct FeatureTableTests {
  /// Bars of some assets in one table, row by row in turn, each asset with a start of its own.
  static func bars(assets: [String], count: Int) throws -> BarTable {
    var lines = ["Date,\"the, asset\",open,high,low,close,volume"]
    let series = assets.indices.map { MadeBars.random.series(seed: UInt64($0) + 5, count: count) }
    for row in 0..<count {
      for (asset, name) in assets.enumerated() where row >= 7 * asset {
        let bar = series[asset][row]
        let figures = [bar.open, bar.high, bar.low, bar.close, bar.volume].map { "\($0)" }.joined(separator: ",")
        lines.append("\(Timestamp.text(milliseconds: Int64(row) * 3_600_000)),\(name),\(figures)")
      }
    }
    let table = try CSVTable(Array((lines.joined(separator: "\n") + "\n").utf8), file: "bars.csv")
    return try BarTable(table, BarLayout(finding: [.asset: "the, asset"], in: table))
  }

  static func text(_ table: FeatureTable) -> [UInt8] {
    var text: [UInt8] = []
    table.write {
      text += $0
      return true
    }
    return text
  }

  /// The slow twin: a string for each field.
  private static func slowly(_ columns: [FeatureColumn], _ bars: BarTable, names: [String], header: String) -> String {
    let figures = bars.series.map { FeatureColumn.values(columns, of: $0) }
    var lines = [([header] + columns.map(\.name)).joined(separator: ",")]
    var places = [Int](repeating: 0, count: bars.series.count)
    for asset in bars.order.map(Int.init) {
      let place = places[asset]
      places[asset] += 1
      let fields = figures[asset].map { column -> String in
        let value = column[place]
        if value.isNaN { return "" }
        return value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : value.description
      }
      let time = Timestamp.text(milliseconds: bars.series[asset].time[place])
      lines.append(([time] + (names.count > 1 ? [names[asset]] : []) + fields).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("several assets in turn: each row has its bar's figures, in the order of the file, with any number of threads")
  func several() throws {
    let names = ["B", "\"A, of course\"", "C\"\"", "D"].map { $0.contains(",") ? $0 : $0.filter { $0 != "\"" } }
    let bars = try Self.bars(assets: names, count: 700)
    let columns = FeatureSet.wide.columns
    let wanted = Self.slowly(columns, bars, names: names, header: "Date,\"the, asset\"")
    for threads in [1, 2, 3, 7] {
      #expect(Self.text(FeatureTable(columns, of: bars, threads: threads)) == Array(wanted.utf8), "\(threads) threads")
    }
  }

  @Test("one asset: no column of assets, and the same bytes twice")
  func one() throws {
    let bars = try Self.bars(assets: ["A"], count: 1100)
    let columns = FeatureSet.classic44.columns
    let text = Self.text(FeatureTable(columns, of: bars, threads: 2))
    #expect(text == Array(Self.slowly(columns, bars, names: [], header: "Date").utf8))
    #expect(text == Self.text(FeatureTable(columns, of: bars, threads: 1)))
  }

  @Test("a reader that has seen enough gets no more", arguments: [1, 2, 3, 5])
  func enough(blocks: Int) throws {
    let table = FeatureTable(FeatureSet.classic44.columns, of: try Self.bars(assets: ["A"], count: 3000), threads: 2)
    var seen = 0
    table.write { _ in
      seen += 1
      return seen < blocks
    }
    #expect(seen == blocks)
  }

  @Test(
    "as arrays the figures are the same, bit for bit, and times and assets are those of the rows", arguments: [1, 2, 5])
  func arrays(threads: Int) throws {
    let names = ["B", "A", "C"]
    let bars = try Self.bars(assets: names, count: 1500)
    let columns = FeatureSet.classic44.columns
    let table = FeatureTable(columns, of: bars, threads: threads)
    var bytes: [UInt8] = []
    table.writeNumPy {
      bytes += $0
      return true
    }
    let array = try NumPyArray(bytes, file: "features.npy")
    #expect(array.shape == [bars.order.count, 44])
    let figures = bars.series.map { FeatureColumn.values(columns, of: $0) }
    var places = [Int](repeating: 0, count: names.count)
    var wanted: [UInt64] = []
    var times: [Int64] = []
    for asset in bars.order.map(Int.init) {
      wanted += figures[asset].map { $0[places[asset]].isNaN ? 0 : $0[places[asset]].bitPattern }
      times.append(bars.series[asset].time[places[asset]])
      places[asset] += 1
    }
    #expect(array.values.map { $0.isNaN ? 0 : $0.bitPattern } == wanted)
    // Elements begin at a multiple of 64 bytes, behind a header that ends its line.
    func elements<Integer: FixedWidthInteger>(_ bytes: [UInt8], _ type: Integer.Type) -> [Integer] {
      let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
      #expect(start % 64 == 0 && bytes[start - 1] == UInt8(ascii: "\n"))
      return bytes[start...].withUnsafeBytes { raw in
        (0..<(raw.count / MemoryLayout<Integer>.size)).map {
          Integer(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Integer>.size, as: Integer.self))
        }
      }
    }
    #expect(elements(table.timesNumPy, Int64.self) == times)
    #expect(elements(table.assetsNumPy, Int32.self) == bars.order)
    #expect(table.assetNames == names && table.namesJSON.contains("\"assets\": [\"B\", \"A\", \"C\"]"))
  }
}
