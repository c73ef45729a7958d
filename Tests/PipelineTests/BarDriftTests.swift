import Documents
import Foundation
import Lab
import MarketData
import Pipeline
import Testing

@Suite("Drift of bars") struct BarDriftTests {
  private static let hour: Int64 = 3_600_000

  /// Closes that swing by a share around 100, in an order without memory; wider from a bar on.
  private static func series(_ count: Int, wilder from: Int = .max, times: Double = 1, volume: Double = 5) -> BarSeries
  {
    var series = BarSeries()
    for index in 0..<count {
      let width = index >= from ? 0.01 * times : 0.01
      let close = 100 * (1 + width * (Double((index * 7919 + 13) % 1009) / 1009 - 0.5))
      series.append(
        Bar(
          time: Int64(index) * hour, open: close, high: close * 1.01, low: close * 0.99, close: close,
          volume: volume + Double(index * 6007 % 997)))
    }
    return series
  }

  @Test("bars that go on as they were have not drifted") func same() throws {
    let series = Self.series(2000)
    let drift = try BarDrift("", series, newest: 200, against: series)
    #expect(drift.lines.map(\.quantity) == BarDrift.Quantity.allCases)
    #expect(drift.lines.allSatisfy { $0.verdict == .none }, "\(drift.lines.map(\.words))")
    #expect(drift.newest.bars == 200 && drift.reference.bars == 1800)
    #expect(drift.newest.first == 1800 * Self.hour && drift.reference.last == 1799 * Self.hour)
  }

  @Test("returns twice as wide have drifted, and the words say that they vary more; volumes have not") func wilder()
    throws
  {
    let series = Self.series(2000, wilder: 1800, times: 2)
    let lines = try BarDrift("", series, newest: 200, against: series).lines
    let verdicts = Dictionary(uniqueKeysWithValues: lines.map { ($0.quantity, $0.verdict) })
    #expect(verdicts[.logReturn] == .drifted && verdicts[.absoluteLogReturn] == .drifted)
    #expect(verdicts[.volume] == BarDrift.Line.Verdict.none)
    #expect(lines[0].words.contains("have drifted, and vary more"), "\(lines[0].words)")
  }

  /// ln(high/low) of every bar is ln(1.01/0.99) = 0.0200007.
  @Test("ranges are logarithms of high over low, and returns leave out what lies over a gap") func quantities() throws {
    var series = BarSeries()
    for index in 0..<400 {
      // A gap of ten bars, and a price ten times as high behind it.
      let (time, price) = (Int64(index) * Self.hour + (index < 200 ? 0 : 10 * Self.hour), index < 200 ? 100.0 : 1000)
      series.append(
        Bar(time: time, open: price, high: price * 1.01, low: price * 0.99, close: price, volume: .nan))
    }
    let lines = try BarDrift("", series, newest: 100, against: series).lines
    let range = try #require(lines[2].series)
    #expect(range.quantiles.allSatisfy { abs($0.first - 0.020000667) < 1e-8 && $0.first == $0.second })
    let returns = try #require(lines[0].series)
    #expect(returns.quantiles.allSatisfy { $0.first == 0 && $0.second == 0 } && returns.counts.first == 298)
    #expect(lines[3].series == nil && lines[3].verdict == .unknown)
    #expect(lines[3].words.hasPrefix("Of volumes nothing can be said"))
  }

  @Test("only bars that are older than the newest are a reference, and of the same length") func refused() throws {
    let series = Self.series(400)
    let older = Self.series(250)
    #expect(try BarDrift("", series, newest: 200, against: older).reference.bars == 200)
    #expect(throws: Refusal.self) { try BarDrift("", series, newest: 49, against: series) }
    #expect(throws: Refusal.self) { try BarDrift("", series, newest: 400, against: series) }
    #expect(throws: Refusal.self) { try BarDrift("", series, newest: 351, against: series) }
    var daily = BarSeries()
    for index in 0..<100 {
      daily.append(
        Bar(time: Int64(index - 200) * 24 * Self.hour, open: 1, high: 1, low: 1, close: 1, volume: 1))
    }
    let refusal = #expect(throws: Refusal.self) { try BarDrift("", series, newest: 100, against: daily) }
    #expect(refusal.map { "\($0)" } == "bars of 1h cannot be held against bars of 1d")
  }

  @Test("datasets are held against each other asset by asset; a missing one is refused with the nearest name")
  func datasets() throws {
    let data = try TemporaryData()
    try data.add("many", ["AAA": Self.series(600), "BBB": Self.series(600, wilder: 540, times: 3)])
    try data.add("other", ["AAB": Self.series(600), "CCC": Self.series(600)])
    let name = try #require(DatasetName("many"))
    let found = try BarDrift.all(of: name, against: name, in: data.folder)
    #expect(found.map(\.asset) == ["AAA", "BBB"] && found.map(\.newest.bars) == [60, 60])
    #expect(found[0].lines[0].verdict == .none && found[1].lines[0].verdict == .drifted)
    let other = try #require(DatasetName("other"))
    let refusal = #expect(throws: Refusal.self) { try BarDrift.all(of: name, against: other, in: data.folder) }
    #expect(refusal.map { "\($0)".contains("other has no asset named \"AAA\"; did you mean \"AAB\"") } ?? false)
  }
}

extension TemporaryData {
  /// Imports bars as a dataset and makes its processed ones.
  fileprivate func add(_ name: String, _ assets: [String: BarSeries]) throws {
    let text = String(
      decoding: BarRows.csv(assets.sorted { $0.key < $1.key }.map { BarRows($1, asset: $0) }), as: UTF8.self)
    let raw = try RawDataset(folder, #require(DatasetName(name)))
    _ = try raw.take(
      Array(text.utf8), from: "bars.csv", rows: text.split(separator: "\n").count - 1, replace: false, now: 0)
    _ = try ProcessedBars.make(from: raw)
  }
}
