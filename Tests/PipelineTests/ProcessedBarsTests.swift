import Documents
import Foundation
import Lab
import MarketData
import Pipeline
import Testing

/// Raw files made into bars on one clock, in one schema.
@Suite("Processed bars")
struct ProcessedBarsTests {
  private static let hour = MadeCandles.hour
  private static let start = MadeCandles.start

  /// A dataset with an imported file.
  private static func imported(_ text: String, _ data: TemporaryData, names: [String] = []) throws -> ProcessedManifest
  {
    let raw = try RawDataset(data.folder, MadeCandles.name("mine"))
    _ = try raw.take(Array(text.utf8), from: "some/where.csv", names: names, rows: 3, replace: true, now: 0)
    return try ProcessedBars.make(from: raw)
  }

  private static func text(_ data: TemporaryData, _ name: String = "mine") throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: data.folder.processed(MadeCandles.name(name)))), as: UTF8.self
    )
  }

  @Test("have one schema: times in UTC, the columns in one order, shortest numbers, several assets by time and name")
  func schema() throws {
    let data = try TemporaryData()
    let manifest = try Self.imported(
      """
      Symbol,Volume,Close,Low,High,Open,Date
      B,10,1.50,1.0,2.00,1.25,2020-01-01T09:30:00+01:00
      B,10,1.50,1.0,2.00,1.25,2020-01-01T10:30:00+01:00
      "A,x",0,3,3,3,3,2020-01-01T08:30:00Z

      """, data)
    #expect(
      try Self.text(data) == """
        time,asset,open,high,low,close,volume
        2020-01-01T08:30:00Z,"A,x",3,3,3,3,0
        2020-01-01T08:30:00Z,B,1.25,2,1,1.5,10
        2020-01-01T09:30:00Z,B,1.25,2,1,1.5,10

        """)
    #expect(manifest.assets == ["A,x", "B"] && manifest.rows == 3 && manifest.first == Self.start + 17 * Self.hour / 2)
  }

  @Test("of closes alone have no columns that nobody recorded, and names of columns are remembered")
  func closes() throws {
    let data = try TemporaryData()
    _ = try Self.imported(
      "Datum,Schluss\n2020-01-01,1\n2020-01-02,2.50\n", data, names: ["time=Datum", "close=Schluss"])
    #expect(try Self.text(data) == "time,close\n2020-01-01T00:00:00Z,1\n2020-01-02T00:00:00Z,2.5\n")
  }

  @Test("read as they were written, by the readers of all commands")
  func reading() throws {
    let data = try TemporaryData()
    let range = Self.start..<(Self.start + 500 * Self.hour)
    let raw = try CandleWriter(data.folder, MadeCandles.name(), MadeCandles.origin(), now: { 0 })
    try raw.add(MadeCandles.candles(range), covering: range)
    let manifest = try ProcessedBars.make(from: raw.finish())
    let bars = try BarFile.read(data.folder.processed(MadeCandles.name())).bars
    let series = try #require(bars.series.first)
    #expect(series.count == 500 && manifest.rows == 500 && manifest.gaps.isEmpty && manifest.step == Self.hour)
    for (index, candle) in MadeCandles.candles(range).enumerated() {
      #expect(series.time[index] == candle.time && "\(series[index].close)" == "\(Double(candle.close) ?? .nan)")
    }
  }

  @Test("tell gaps of a market that never closes by the step that was asked for")
  func gaps() throws {
    let data = try TemporaryData()
    let range = Self.start..<(Self.start + 100 * Self.hour)
    let raw = try CandleWriter(data.folder, MadeCandles.name(), MadeCandles.origin(), now: { 0 })
    try raw.add(MadeCandles.candles(range).filter { $0.time != Self.start + 7 * Self.hour }, covering: range)
    let manifest = try ProcessedBars.make(from: raw.finish())
    #expect(manifest.gaps == ["expected 2020-01-01T07:00:00Z, found 2020-01-01T08:00:00Z: a bar of 1h is missing"])
  }

  @Test("tell what looks like a split, and leave it as it is")
  func splits() throws {
    let data = try TemporaryData()
    let rows = (1...9).map { day in
      let price = day < 5 ? 100.0 : 50
      return "2020-01-0\(day),\(price),\(price + 1),\(price - 1),\(price),5\n"
    }
    let manifest = try Self.imported("date,open,high,low,close,volume\n" + rows.joined(), data)
    #expect(manifest.splits.count == 1 && manifest.splits[0].contains("a split of 2 for 1"), "\(manifest.splits)")
    #expect(try Self.text(data).contains("2020-01-05T00:00:00Z,50,51,49,50,5"))
  }

  @Test("count what the checks find, asset by asset, and the manifest keeps it; kinds of other programs are read")
  func findings() throws {
    let data = try TemporaryData()
    let kinds = ["spikes", "stale"]
    var text = "time,asset,open,high,low,close,volume\n"
    for (number, name) in ["A", "B"].enumerated() {
      var rows = MadeRows.normal.rows(seed: UInt64(number + 1), count: 300)
      // One spike in A, two in B, and in B a feed that stands still.
      for place in number == 0 ? [50] : [50, 90] {
        for field in [BarField.open, .high, .low, .close] {
          rows.rows[place][field] = rows.rows[place][field].map { $0 * 2 }
        }
      }
      for place in number == 0 ? 0..<0 : 200..<215 {
        for field in [BarField.open, .high, .low, .close] { rows.rows[place][field] = rows.rows[199][.close] }
      }
      for line in String(decoding: BarRows.csv([rows]), as: UTF8.self).split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",", maxSplits: 1)
        text += "\(fields[0]),\(name),\(fields[1])\n"
      }
    }
    let manifest = try Self.imported(text, data)
    #expect(manifest.findings == FindingCounts(["spikes": 3, "stale": 1]), "\(String(describing: manifest.findings))")
    #expect(manifest.findings?.words == "3 spikes, 1 run of closes that stay")
    let entry = try DataEntry(MadeCandles.name("mine"), in: data.folder)
    #expect(entry?.processed == manifest)
    // As the checks count of the file that was written, asset by asset.
    let written = try data.files(below: "processed")["mine.csv"] ?? Data()
    let reports = try BarRows.rows(of: Array(written), file: "mine.csv").map { CleaningReport($0) }
    for kind in kinds {
      let count = reports.flatMap(\.counts).filter { $0.kind == kind }.reduce(0) { $0 + $1.count }
      #expect(manifest.findings?.byKind[kind] == count)
    }
    #expect(FindingCounts(["later": 2, "spikes": 1, "gaps": 0]).words == "1 spike, 2 later")
    #expect(FindingCounts([:]).words == "nothing found")
  }

  @Test("are refused where a bar can't be, with its line, and what was there before stays")
  func refused() throws {
    let data = try TemporaryData()
    _ = try Self.imported("time,close\n2020-01-01,1\n2020-01-02,2\n", data)
    let before = try data.files(below: "processed")
    let error = #expect(throws: Problems.self) {
      try Self.imported("time,close\n2020-01-01,1\n2020-01-02,-2\n", data)
    }
    #expect(error?.all.count == 1 && error?.all[0].position.line == 3)
    #expect(try data.files(below: "processed") == before)
  }

  @Test("made twice from the same file are the same bytes, and the same file is not kept twice")
  func twice() throws {
    let data = try TemporaryData()
    let text = "time,close\n2020-01-01,1\n2020-01-02,2\n"
    _ = try Self.imported(text, data)
    let before = try data.files(below: "")
    _ = try Self.imported(text, data)
    #expect(try data.files(below: "") == before)
    let raw = try RawDataset(data.folder, MadeCandles.name("mine"))
    #expect(try raw.take(Array(text.utf8), from: "x.csv", rows: 2, replace: false, now: 9) == .known)
    #expect(throws: Refusal.self) { try raw.take(Array("other".utf8), from: "x.csv", rows: 2, replace: false, now: 9) }
  }
}
