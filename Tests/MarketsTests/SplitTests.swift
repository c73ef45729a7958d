import Documents
import MarketData
import Testing

/// Prices that were not adjusted for a split open at a simple fraction of their last close.
@Suite("A split in recorded bars")
struct SplitTests {
  private static func record(closes: [Double], opens: [Double]) throws -> RecordedHistory {
    var lines = ["time,open,high,low,close,volume"]
    for (row, (open, close)) in zip(opens, closes).enumerated() {
      let day = CalendarDay(daysSince1970: 15_000 + row)
      lines.append("\(day)T00:00:00Z,\(open),\(max(open, close)),\(min(open, close)),\(close),1000")
    }
    let table = try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
    return try RecordedHistory(RecordedBars(table, columns: BarColumns()), assets: ["A"])
  }

  static let rows: [(close: Double, open: Double, says: String?)] = [
    (100, 50.5, "at 0.505 times its last close, as after a split of 2 for 1"), (100, 33.4, "a split of 3 for 1"),
    (100, 14.3, "a split of 7 for 1"), (10, 99, "a split of 1 for 10"), (90, 60, "a split of 3 for 2"),
    // Apple on 2000-09-29, whose open was 28.19 after a close of 53.50, is no split.
    (53.5, 28.19, nil), (100, 80, nil), (100, 125, nil), (100, 98, nil),
  ]

  /// Planted mistake: the fraction upside down.
  @Test("is told from a fall by how near it is to a simple fraction", arguments: rows)
  func split(close: Double, open: Double, says: String?) throws {
    let record = try Self.record(closes: [close, close, open, open], opens: [close, close, open, open])
    let found = record.suspectedSplits(in: 0..<record.count)
    #expect(found.count == (says == nil ? 0 : 1))
    if let says { #expect(found.first?.contains(says) == true, "\(found)") }
    #expect(record.suspectedSplits(in: 2..<3).isEmpty)
  }
}
