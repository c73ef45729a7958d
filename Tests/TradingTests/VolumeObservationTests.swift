import Documents
import Foundation
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// The recorded rows one after another, the same on every path.
private struct Replay: RowModel {
  let source = BarSource(file: "bars.csv")

  func makeState(_ site: RowSite) -> any RowState { State(first: site.clock.warmupSteps) }

  func violations(_ record: RecordedHistory, _ clock: Clock) -> [FormViolation] { [] }

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

@Suite("Volume as agents see it")
struct VolumeObservationTests {
  /// Daily bars with volumes 0, 0, 300, 500, 0, 700: the means so far are 0, 0, 100, 200, 160, 250.
  /// Planted mistake: a mean without the warm-up.
  @Test("where the scenario states no mean it is that of the steps so far, warm-up and step included")
  func recorded() throws {
    var lines = ["time,open,high,low,close,volume", "2011-01-26T00:00:00Z,100,100,100,100,1"]
    for (row, volume) in [0, 0, 300, 500, 0, 700, 1].enumerated() {
      let day = CalendarDay(daysSince1970: 15_001 + row)
      lines.append("\(day)T00:00:00Z,100,100,100,100,\(volume)")
    }
    let table = try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
    let record = try RecordedHistory(RecordedBars(table, columns: BarColumns()), assets: ["A"])
    let liquidity = Liquidity(halfSpreadBps: 2, volumePerDay: nil, depthTo1Percent: 100, refillHalfLifeSeconds: 20)
    let scenario = Scenario(
      title: "replay", clock: try continuousClock(step: 86_400, steps: 5, warmup: 2),
      assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)], movement: .history(Replay(), record),
      venue: freeVenue())
    let onlooker = try Onlooker(#"[{ "model": "volume" }]"#)
    runPanel(try Market(scenario: scenario, seed: 1), [onlooker])
    for (step, expected) in [(-1, 0), (0, log(3.0)), (1, log(2.5)), (2, -10), (3, log(2.8))] {
      #expect(abs(try onlooker.seen(step)[0] - expected) < 1e-12, "step \(step)")
    }
  }
}
