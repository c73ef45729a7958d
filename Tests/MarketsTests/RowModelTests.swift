import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// The recorded rows one after another, the same on every path: the smallest row model that a newcomer might write.
private struct Replay: RowModel {
  let source = BarSource(file: "bars.csv")

  func makeState(_ site: RowSite) -> any RowState { State(first: site.clock.warmupSteps) }

  func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] {
    record.count < clock.steps + clock.warmupSteps ? [FormViolation("file", "too few rows")] : []
  }

  private final class State: RowState {
    let first: Int
    init(first: Int) { self.first = first }
    func reset(_ paths: TilePaths) {}
    func restart() {}
    func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>) {
      for lane in rows.indices { rows[lane] = Int32(first + step) }
    }
  }
}

/// What a row model gets from its protocol: bars, files, streams, the order of the assets.
struct RowModelTests {
  /// Daily bars: asset X closes at 101, 102, …, asset Y at 201, 202, …, and opens at the last close.
  private static func record() throws -> RecordedHistory {
    var lines = ["time,asset,open,high,low,close,volume"]
    for (asset, start) in [("X", 100), ("Y", 200)] {
      for row in 0...12 {
        let day = CalendarDay(daysSince1970: 15_000 + row)
        let (open, close) = (start + max(0, row - 1), start + row)
        lines.append("\(day)T00:00:00Z,\(asset),\(open),\(close),\(open),\(close),1000")
      }
    }
    let table = try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
    return try RecordedHistory(RecordedBars(table, columns: BarColumns(asset: "asset")), assets: ["X", "Y"])
  }

  /// Seen to fail with the columns left in their old order when the assets are put into that of their names.
  @Test("each asset takes its own columns, in whatever order the assets are named, and rows are those of the model")
  func replay() throws {
    let record = try Self.record()
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 10, warmup: 2)
    let liquidity = Liquidity(halfSpreadBps: 2, volumePerDay: nil, depthTo1Percent: 100, refillHalfLifeSeconds: 20)
    // X is called B in the market and Y is called A.
    let scenario = Scenario(
      title: "replay", clock: clock,
      assets: [
        AssetTerms(name: "B", price: 102, liquidity: liquidity),
        AssetTerms(name: "A", price: 202, liquidity: liquidity),
      ], movement: .history(Replay(), record))
    #expect(scenario.files == ["bars.csv"])
    let market = try Market(scenario: scenario, seed: 1)
    #expect(market.description.assets == ["A", "B"])
    for path in market.bars(paths: 8, groups: 1) {
      for (step, bars) in path.suffix(10).enumerated() {
        #expect(abs(bars[0].close - Double(203 + step)) < 1e-9 && abs(bars[1].close - Double(103 + step)) < 1e-9)
        #expect(bars[0].open <= bars[0].close && bars[0].high == bars[0].close && bars[0].low == bars[0].open)
      }
    }
  }
}
