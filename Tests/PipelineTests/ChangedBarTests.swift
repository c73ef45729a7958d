import Foundation
import MarketData
import Pipeline
import Testing

/// A file of bars in which one bar changes, as a user goes: imported, computed into a feature set, imported again, computed again.
///
/// Every column that `stresslab list indicators` names, and which cells of it differ, in CSV and npy.
@Suite("Features of a file in which a bar changed")
struct ChangedBarTests {
  /// Columns that remember every bar since the first: averages by recursion and what is made of them, and sums from the first
  /// bar on.
  private static let recursive: Set<String> = [
    "EMA", "DEMA", "TEMA", "KAMA", "T3", "MAMA", "FAMA", "SAR", "MACD", "MACD_signal", "MACD_hist", "RSI", "STOCHRSI_k",
    "STOCHRSI_d", "CMO", "TRIX", "ADX", "ADXR", "DX", "PLUS_DI", "MINUS_DI", "PLUS_DM", "MINUS_DM", "ATR", "NATR",
    "OBV",
    "AD", "ADOSC", "PVT", "HT_TRENDLINE", "HT_DCPERIOD", "EMA_10", "EMA_10_dist", "EMA_20", "EMA_20_dist",
    "EMA_50", "EMA_50_dist", "ATR_percent",
  ]
  /// Running sums, whose last digits may remember a bar that has left the window until they start afresh, at the latest after
  /// as many bars more.
  private static let traced: Set<String> = [
    "SMA", "WMA", "TRIMA", "PPO", "APO", "CCI", "ULTOSC", "LINEARREG_SLOPE", "LINEARREG_ANGLE", "SMA_10", "SMA_10_dist",
    "SMA_20", "SMA_20_dist", "SMA_50", "SMA_50_dist",
  ]
  /// What this change need not move: the close is no lowest one, and the high rises by more than the low falls.
  private static let spared: Set<String> = ["MIN", "MINUS_DM"]
  private static let changed = 200

  private static let program: String = {
    let bundle = ProcessInfo.processInfo.arguments[0]
    return ([bundle, Bundle.main.executablePath ?? bundle] + Bundle.allBundles.map(\.bundlePath))
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("stresslab").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "stresslab"
  }()

  /// What a command prints that succeeds.
  private static func run(_ arguments: [String], in data: TemporaryData) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = data.url
    let output = data.url.appendingPathComponent("output-\(UUID().uuidString)")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(arguments)")
    return try String(contentsOf: output, encoding: .utf8)
  }

  /// The columns that the list names, with the look-back that it says.
  private static func columns(_ list: String) -> [(name: String, lookBack: Int)] {
    var isClassic = false
    var columns: [(name: String, lookBack: Int)] = []
    for line in list.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ").map(String.init)
      if line.hasPrefix("set ") { isClassic = line.hasPrefix("set classic44") }
      if line.hasPrefix("  columns "), let last = words.last, let lookBack = Int(last) {
        let names = line.dropFirst(10).prefix { $0 != ";" }.split(separator: ",")
        columns += names.map { ($0.trimmingCharacters(in: .whitespaces), lookBack) }
      } else if isClassic, words.count > 2, words[1] == "look-back", let lookBack = Int(words[2]) {
        columns.append((words[0], lookBack))
      }
    }
    var seen: Set<String> = []
    return columns.filter { seen.insert($0.name).inserted }
  }

  /// The cells of a CSV below its header, without the time; empty ones are none.
  private static func cells(csv text: String) -> [[Double?]] {
    text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropFirst().map { Double($0) }
    }
  }

  /// The cells of an array of NumPy of so many columns.
  private static func cells(npy data: Data, columns: Int) -> [[Double?]] {
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    let numbers = stride(from: start, to: data.count, by: 8).map { place in
      Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(data[place + $1]) << UInt64(8 * $1) })
    }
    return stride(from: 0, to: numbers.count, by: columns).map { row in
      numbers[row..<(row + columns)].map { $0.isNaN ? nil : $0 }
    }
  }

  @Test("differ in the rows of that bar and of the look-back after it, and in no other")
  func changes() throws {
    let data = try TemporaryData()
    let columns = Self.columns(try Self.run(["list", "indicators"], in: data))
    #expect(columns.count > 100, "\(columns.count)")
    let names = columns.map(\.name).joined(separator: ",")
    var rows = MadeRows.fatTails.rows(seed: 3, count: 700)
    func features() throws -> (csv: [[Double?]], npy: [[Double?]], files: [String]) {
      let file = data.url.appendingPathComponent("bars.csv")
      try Data(BarRows.csv([rows])).write(to: file)
      _ = try Self.run(["import", "bars.csv", "--as", "made/coin", "--overwrite"], in: data)
      let files = try ["csv", "npy"].map { format in
        let words = try Self.run(
          ["features", "data:made/coin", "--columns", names, "--format", format, "--as", "all"], in: data)
        return String(words.prefix { $0 != ":" })
      }
      let bytes = try files.map { try Data(contentsOf: data.url.appendingPathComponent($0)) }
      return (
        Self.cells(csv: String(decoding: bytes[0], as: UTF8.self)), Self.cells(npy: bytes[1], columns: columns.count),
        files
      )
    }
    let before = try features()
    // The same file again makes no other version.
    #expect(try features().files == before.files)
    for (field, factor) in [(BarField.open, 1.013), (.high, 1.21), (.low, 0.83), (.close, 1.057), (.volume, 3.1)] {
      rows.rows[Self.changed][field] = rows.rows[Self.changed][field].map { $0 * factor }
    }
    let after = try features()
    #expect(Set(after.files).isDisjoint(with: before.files))
    #expect(before.csv == before.npy && after.csv == after.npy)
    #expect(before.csv.count == 700 && after.csv.count == 700)
    for (column, (name, lookBack)) in columns.enumerated() {
      let (old, new) = (before.csv.map { $0[column] }, after.csv.map { $0[column] })
      #expect(old.firstIndex { $0 != nil } == lookBack && old.dropFirst(lookBack).allSatisfy { $0 != nil }, "\(name)")
      let differing = old.indices.filter { old[$0] != new[$0] }
      // Nothing is known before the bar; what does not depend on prices or volume never changes.
      #expect(differing.allSatisfy { $0 >= Self.changed }, "\(name) looks ahead")
      let last = Self.changed + lookBack
      if name == "hour" || name == "day_of_week" {
        #expect(differing.isEmpty, "\(name)")
      } else if differing.isEmpty {
        #expect(Self.spared.contains(name), "\(name) does not move")
      } else if Self.recursive.contains(name) {
        // Periods of cycles are rounded to bars, so that they may forget it.
        #expect(differing.first.map { $0 <= last } ?? false, "\(name)")
        #expect(name == "HT_TRENDLINE" || (differing.last ?? 0) > last, "\(name) keeps on, so it is listed")
      } else if Self.traced.contains(name) {
        #expect(differing.first == Self.changed && (differing.last ?? 0) <= last + lookBack + 1, "\(name)")
        for row in differing where row > last {
          let (one, other) = (old[row] ?? .nan, new[row] ?? .nan)
          #expect(abs(one - other) <= 1e-12 * max(1, abs(one)), "\(name), row \(row)")
        }
      } else {
        #expect(differing.allSatisfy { $0 <= last }, "\(name) is other in row \(differing.last ?? 0), after \(last)")
      }
    }
  }
}
