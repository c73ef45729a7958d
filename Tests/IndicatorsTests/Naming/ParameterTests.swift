import Foundation
import Indicators
import MarketData
import Testing

@Suite("Other parameters")
struct ParameterTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let column, call: String
    let firstValid: Int
    let figures: [Double?]
    var testDescription: String { "\(column): \(call)" }
  }

  private struct Table: Decodable {
    let every: Int
    let bars: [String: [Double]]
    let columns: [Row]
  }

  private static let table: Table? = {
    let bytes = try? Data(contentsOf: Fixtures.folder.appendingPathComponent("talib-parameters.json"))
    return bytes.flatMap { try? JSONDecoder().decode(Table.self, from: $0) }
  }()

  static let rows = table?.columns ?? []

  static let series: BarSeries = {
    let bars = table?.bars ?? [:]
    return Fixtures.series(
      open: bars["o"] ?? [], high: bars["h"] ?? [], low: bars["l"] ?? [], close: bars["c"] ?? [],
      volume: bars["v"] ?? [])
  }()

  @Test("the least, odd, large and exchanged parameters give TA-Lib's figures and look-back", arguments: rows)
  func figures(_ row: Row) throws {
    let column = try IndicatorColumn(row.column)
    #expect(column.lookBack == row.firstValid)
    let ours = IndicatorColumn.values([column], of: Self.series)[0]
    #expect(ours.firstIndex { !$0.isNaN } == row.firstValid)
    let largest = row.figures.compactMap { $0.map(abs) }.max() ?? 0
    for (index, expected) in row.figures.enumerated() {
      let own = ours[index * 5]
      guard let expected else {
        #expect(own.isNaN)
        continue
      }
      // TA-Lib's own running sums of squares cancel: an absolute part, by the size of the column.
      let close = abs(own - expected) <= 1e-9 * abs(expected) + 1e-10 * largest
      #expect(close, "bar \(index * 5): \(own), TA-Lib \(expected)")
      if !close { return }
    }
  }

  @Test("lanes are one lane with other parameters, too", arguments: rows)
  func lanes(_ row: Row) throws {
    let call = try IndicatorColumn(row.column).call
    let alone = call.run(Self.series)
    let tile = call.makeTile(groups: 1)
    let figures = SideBySide.run(tile, Self.series)
    for (one, many) in zip(alone, figures) {
      #expect(zip(one, many).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) })
    }
  }

  @Test("there are more than a hundred columns")
  func complete() { #expect(Self.rows.count > 100) }
}
