import Documents
import Foundation
import Lab
import MarketData
import Pipeline
import Testing

/// Pages of candles on their way into the data folder.
@Suite("Candles in the data folder")
struct CandleWriterTests {
  private static let hour = MadeCandles.hour
  private static let start = MadeCandles.start
  /// Two years and two days, so that files meet at a year's end twice.
  private static let range = (start - 24 * hour)..<(start + 366 * 24 * hour + 24 * hour)

  private static func writer(_ data: TemporaryData, _ origin: CandleOrigin = MadeCandles.origin()) throws
    -> CandleWriter
  {
    try CandleWriter(data.folder, MadeCandles.name(), origin, now: { 0 })
  }

  /// All files of the dataset after some pages.
  private static func files(_ pages: [Range<Int64>]) throws -> [String: Data] {
    let data = try TemporaryData()
    do {
      let writer = try writer(data)
      for page in pages { try writer.add(MadeCandles.candles(page), covering: page) }
    }
    return try data.files(below: "raw")
  }

  @Test("are the same bytes whatever the pages were, in whatever order they came")
  func pages() throws {
    let whole = try Self.files([Self.range])
    #expect(whole.keys.filter { $0.hasSuffix(".csv") }.count == 3)
    let (first, last) = (Self.range.lowerBound, Self.range.upperBound)
    let cuts = stride(from: first, to: last, by: Int64.Stride(1000 * Self.hour)).map {
      $0..<min(last, $0 + 1000 * Self.hour)
    }
    #expect(try Self.files(cuts) == whole)
    #expect(try Self.files(cuts.reversed()) == whole)
    // Pages that overlap say the same twice.
    #expect(try Self.files(cuts.map { max(first, $0.lowerBound - 7 * Self.hour)..<$0.upperBound }) == whole)
  }

  @Test("open as a table of bars, each number as the exchange wrote it")
  func numbers() throws {
    let data = try TemporaryData()
    let candle = Candle(
      time: Self.start, open: "0.01634790", high: "0.80", low: "0.01575800", close: "0.01577100",
      volume: "148976.11427815")
    do {
      let writer = try Self.writer(data)
      try writer.add([candle], covering: Self.start..<(Self.start + Self.hour))
    }
    let files = try data.files(below: "raw").filter { $0.key.hasSuffix(".csv") }
    #expect(files.count == 1)
    let text = files.values.first.map { String(decoding: $0, as: UTF8.self) }
    #expect(
      text
        == "time,open,high,low,close,volume\n2020-01-01T00:00:00Z,0.01634790,0.80,0.01575800,0.01577100,148976.11427815\n"
    )
  }

  @Test("of minutes lie month by month")
  func months() throws {
    let data = try TemporaryData()
    let range = (Self.start - 60_000)..<(Self.start + 32 * 24 * Self.hour)
    do {
      let writer = try Self.writer(data, MadeCandles.origin(step: "1m", milliseconds: 60_000))
      try writer.add(MadeCandles.candles(range, step: 60_000), covering: range)
    }
    let names = try data.files(below: "raw").keys.filter { $0.hasSuffix(".csv") }
    #expect(Set(names.map { $0.split(separator: "/").last?.prefix(7) }) == ["2019-12", "2020-01", "2020-02"])
  }

  @Test("that the source now says otherwise of are refused, and those that were kept stay")
  func changed() throws {
    let page = Self.start..<(Self.start + 100 * Self.hour)
    let candles = MadeCandles.candles(page)
    let other = Candle(
      time: candles[40].time, open: candles[40].open, high: "999", low: candles[40].low, close: candles[40].close,
      volume: candles[40].volume)
    let news: [[Candle]] = [
      candles.enumerated().map { $0 == 40 ? other : $1 },  // another high
      Array(candles.prefix(40) + candles.dropFirst(41)),  // a bar that has gone
    ]
    for changed in news {
      let data = try TemporaryData()
      let writer = try Self.writer(data)
      try writer.add(candles, covering: page)
      let before = try data.files(below: "raw")
      let error = #expect(throws: CandleWriter.ChangedSource.self) { try writer.add(changed, covering: page) }
      #expect(error?.time == candles[40].time && error?.kept == candles[40])
      #expect(
        error?.description.hasPrefix("binance BTC/USDT 1h has changed at 2020-01-02T16:00:00Z: kept are open ") == true)
      #expect(try data.files(below: "raw") == before)
    }
  }

  @Test("that are missing between others are gaps where they were asked for, and nowhere else")
  func gaps() throws {
    let data = try TemporaryData()
    let writer = try Self.writer(data)
    let first = Self.start..<(Self.start + 50 * Self.hour)
    // Hours 10, 11 and 12 do not exist; hours 50 to 59 were never asked for.
    try writer.add(
      MadeCandles.candles(first).filter { !(10...12).contains(($0.time - Self.start) / Self.hour) }, covering: first)
    let second = (Self.start + 60 * Self.hour)..<(Self.start + 70 * Self.hour)
    try writer.add(MadeCandles.candles(second), covering: second)
    #expect(try writer.gaps() == [(Self.start + 10 * Self.hour)..<(Self.start + 13 * Self.hour)])
    #expect(writer.covered.ranges == [first, second])
  }

  @Test("that are missing in a stretch that is asked for last are a gap of the bars too: those made before are behind")
  func askedLater() throws {
    let data = try TemporaryData()
    func asked(_ hours: Range<Int64>, hasBars: Bool) throws -> RawDataset {
      let writer = try Self.writer(data)
      let stretch = (Self.start + hours.lowerBound * Self.hour)..<(Self.start + hours.upperBound * Self.hour)
      try writer.add(hasBars ? MadeCandles.candles(stretch) : [], covering: stretch)
      return writer.finish()
    }
    func entry() throws -> DataEntry? { try DataEntry(MadeCandles.name(), in: data.folder) }
    _ = try asked(0..<50, hasBars: true)
    _ = try ProcessedBars.make(from: asked(60..<70, hasBars: true))
    #expect(try entry()?.isCurrent == true)
    #expect(try entry()?.processed?.gaps == [])
    let raw = try asked(50..<60, hasBars: false)
    #expect(try entry()?.isCurrent == false)
    _ = try ProcessedBars.make(from: raw)
    #expect(try entry()?.isCurrent == true)
    #expect(try entry()?.processed?.gaps.count == 1)
  }

  @Test("that the exchange has now where it had none fill their gap, and nothing else of the file changes")
  func filled() throws {
    let page = Self.start..<(Self.start + 50 * Self.hour)
    let data = try TemporaryData()
    do {
      let writer = try Self.writer(data)
      try writer.add(
        MadeCandles.candles(page).filter { !(10...12).contains(($0.time - Self.start) / Self.hour) }, covering: page)
      let gap = (Self.start + 10 * Self.hour)..<(Self.start + 13 * Self.hour)
      #expect(try writer.covered.without(writer.gaps()).missing(in: page) == [gap])
      try writer.add(MadeCandles.candles(gap), covering: gap)
      #expect(try writer.gaps().isEmpty)
    }
    #expect(try data.files(below: "raw") == Self.files([page]))
  }

  @Test("of a writer that was killed before the manifest are gone, and the next one ends in the same bytes")
  func killed() throws {
    let page = Self.start..<(Self.start + 100 * Self.hour)
    let whole = try Self.files([page])
    let data = try TemporaryData()
    let half = Self.start..<(Self.start + 30 * Self.hour)
    do { try Self.writer(data).add(MadeCandles.candles(half), covering: half) }
    // What a killed writer leaves: a whole file without a manifest that names it, and parts; and somebody's own notes.
    let place = data.folder.raw(MadeCandles.name())
    for name in ["2020.0123456789ab.csv", "2020.aaaaaaaaaaaa.csv.stresslab-part", "manifest.json.stresslab-part"] {
      try Data("rubbish".utf8).write(to: URL(fileURLWithPath: "\(place)/\(name)"))
    }
    try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(place)/notes.txt"))
    do { try Self.writer(data).add(MadeCandles.candles(page), covering: page) }
    var files = try data.files(below: "raw")
    #expect(files.removeValue(forKey: "binance/BTC-USDT/1h/notes.txt") == Data("mine".utf8))
    #expect(files == whole)
  }

  @Test("of another market, another step or a second writer are refused under the name")
  func others() throws {
    let data = try TemporaryData()
    let page = Self.start..<(Self.start + Self.hour)
    do { try Self.writer(data).add(MadeCandles.candles(page), covering: page) }
    #expect(
      throws: Refusal(
        "binance/BTC-USDT/1h holds binance BTC/USDT 1h, not binance ETH/USDT 1h: choose another name with --as")
    ) {
      try Self.writer(data, MadeCandles.origin(symbol: "ETH/USDT"))
    }
    #expect(throws: Refusal.self) { try Self.writer(data, MadeCandles.origin(step: "1m", milliseconds: 60_000)) }
    let writer = try Self.writer(data)
    #expect(throws: Refusal("the dataset binance/BTC-USDT/1h is being written to by another process")) {
      try Self.writer(data)
    }
    #expect(writer.rows == 1)
  }

  @Test(
    "under a manifest that is damaged are an error with its place, and nothing is touched",
    arguments: [
      "", "{", "[]", #"{"stresslab": "raw/2", "files": []}"#, #"{"stresslab": "raw/1"}"#,
      #"{"stresslab": "raw/1", "files": [{"file": "../x", "bytes": 1, "sha256": "a", "written": "2020-01-01"}]}"#,
      #"{"stresslab": "raw/1", "covered": [{"from": "2020-01-02", "to": "2020-01-01"}], "files": []}"#,
      #"{"stresslab": "raw/1", "files": [{"file": "x", "bytes": 1e300, "sha256": "a", "written": "2020-01-01"}]}"#,
    ])
  func damaged(_ text: String) throws {
    let data = try TemporaryData()
    let place = data.folder.raw(MadeCandles.name())
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(place)/manifest.json"))
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(place)/2020.0123456789ab.csv"))
    let before = try data.files(below: "raw")
    let error = #expect(throws: StoreProblem.self) { try Self.writer(data) }
    #expect(
      error?.kind == .damaged && error?.description.contains("manifest.json:") == true, "\(error?.description ?? "")")
    #expect(try data.files(below: "raw") == before)
  }
}
