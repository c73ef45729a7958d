import Foundation
import GRDB
import Lab
import Pipeline
import Testing

/// The list of the data folder, and whether its files are those that were written.
@Suite("The index of the data folder")
struct DataIndexTests {
  /// A folder with candles and a file, both processed, and features of one of them.
  private static func filled() throws -> TemporaryData {
    let data = try TemporaryData()
    let range = MadeCandles.start..<(MadeCandles.start + 40 * MadeCandles.hour)
    do {
      let writer = try CandleWriter(data.folder, MadeCandles.name(), MadeCandles.origin(), now: { 0 })
      try writer.add(MadeCandles.candles(range), covering: range)
      _ = try ProcessedBars.make(from: writer.finish())
    }
    let raw = try RawDataset(data.folder, MadeCandles.name("a"))
    _ = try raw.take(
      Array("time,close\n2020-01-01,1\n2020-01-02,2\n".utf8), from: "a.csv", rows: 2, replace: false, now: 0)
    let bars = try ProcessedBars.make(from: raw)
    _ = try FeatureStore(data.folder, MadeCandles.name("a")).version(
      of: "s", columns: ["c"], rows: 2, madeFrom: bars.sha256, format: "csv", tool: "t",
      write: { try Data("x\n".utf8).write(to: URL(fileURLWithPath: $0)) })
    return data
  }

  private static func rows(_ data: TemporaryData, _ query: String) throws -> [Row] {
    try DatabaseQueue(path: data.folder.index).read { try Row.fetchAll($0, sql: query) }
  }

  @Test("says in SQL what the manifests say, and is made again where it is damaged or lost")
  func rebuilt() throws {
    let data = try Self.filled()
    for damage in [
      nil, Data(), Data("no database, but long enough to be taken for one ".utf8 + [UInt8](repeating: 7, count: 4096)),
    ] {
      try? FileManager.default.removeItem(atPath: data.folder.index)
      if let damage { try damage.write(to: URL(fileURLWithPath: data.folder.index)) }
      let entries = try DataIndex(data.folder).refresh()
      #expect(entries.map(\.name) == ["a", "binance/BTC-USDT/1h"])
      let rows = try Self.rows(data, "SELECT * FROM datasets ORDER BY name")
      #expect(rows.map { $0["name"] as String } == entries.map(\.name))
      #expect(rows.map { $0["rows"] as Int } == [2, 40])
      #expect(rows[1]["source"] as String == "binance BTC/USDT 1h" && rows[1]["step_seconds"] as Double == 3600)
      let features = try Self.rows(data, "SELECT * FROM features")
      #expect(features.count == 1 && features[0]["made_from"] as String == entries[0].processed?.sha256)
    }
  }

  @Test("of an empty folder makes none")
  func empty() throws {
    let data = try TemporaryData()
    #expect(try DataIndex(data.folder).refresh().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: data.folder.path))
  }

  @Test("ten writers at once leave it whole")
  func concurrent() async throws {
    let data = try Self.filled()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        group.addTask {
          let raw = try RawDataset(data.folder, MadeCandles.name("w\(number)"))
          _ = try raw.take(
            Array("time,close\n2020-01-01,\(number + 1)\n".utf8), from: "w.csv", rows: 1, replace: false, now: 0)
          _ = try ProcessedBars.make(from: raw)
          try DataIndex(data.folder).refresh()
        }
      }
      try await group.waitForAll()
    }
    #expect(try Self.rows(data, "SELECT name FROM datasets WHERE rows IS NOT NULL").count == 12)
  }

  @Test("a file that was changed, cut or removed is found by name, whatever it is")
  func damage() throws {
    let names = ["a", "binance/BTC-USDT/1h"].map(MadeCandles.name)
    let data = try Self.filled()
    let whole = try DataVerification(data.folder, names)
    #expect(whole.whole == 5 && whole.faults.isEmpty && whole.stale.isEmpty, "\(whole)")
    for file in try data.files(below: "").keys where file.hasSuffix(".csv") {
      let url = URL(fileURLWithPath: "\(data.folder.path)/\(file)")
      let bytes = try Data(contentsOf: url)
      var changed = bytes
      changed[changed.count / 2] ^= 1
      for damage in [changed, bytes.dropLast(), nil] {
        if let damage { try damage.write(to: url) } else { try FileManager.default.removeItem(at: url) }
        let found = try DataVerification(data.folder, names)
        #expect(found.faults.count == 1 && found.faults[0].contains(file) && found.whole == 4, "\(file): \(found)")
      }
      try bytes.write(to: url)
    }
  }

  @Test("bars that were made from other raw files are told to be behind")
  func stale() throws {
    let data = try Self.filled()
    do {
      let raw = try RawDataset(data.folder, MadeCandles.name("a"))
      _ = try raw.take(Array("time,close\n2020-01-01,3\n".utf8), from: "a.csv", rows: 1, replace: true, now: 0)
    }
    let found = try DataVerification(data.folder, [MadeCandles.name("a")])
    #expect(found.faults.isEmpty && found.stale.count == 1 && found.stale[0].contains("stresslab data process a"))
  }
}
