import Foundation
import Indicators
import MarketData
import Testing

@Suite("Bars on which formulas divide 0 by 0")
struct DegenerateTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let bars: [String: [Double]]
    let figures: [String: [Double?]]
    var testDescription: String { name }

    var series: BarSeries {
      Fixtures.series(
        open: bars["o"] ?? [], high: bars["h"] ?? [], low: bars["l"] ?? [], close: bars["c"] ?? [],
        volume: bars["v"] ?? [])
    }
  }

  private struct Table: Decodable {
    let every: Int
    let cases: [Case]
  }

  static let cases: [Case] = {
    let bytes = try? Data(contentsOf: Fixtures.folder.appendingPathComponent("talib-degenerate.json"))
    return bytes.flatMap { try? JSONDecoder().decode(Table.self, from: $0).cases } ?? []
  }()

  @Test("figures are TA-Lib's there too", arguments: cases, Fixtures.calls.map(\.column))
  func figures(_ table: Case, _ name: String) throws {
    let expected = try #require(table.figures[name])
    let ours = IndicatorColumn.values([try IndicatorColumn(name)], of: table.series)[0]
    let largest = expected.compactMap { $0.map(abs) }.max() ?? 0
    for (index, figure) in expected.enumerated() {
      let own = ours[index * 5]
      guard let figure else {
        #expect(own.isNaN)
        continue
      }
      let close = abs(own - figure) <= 1e-9 * abs(figure) + 1e-12 * largest
      #expect(close, "row \(index * 5): \(own), TA-Lib \(figure)")
      if !close { return }
    }
  }

  /// A NATR that is taken of every bar of the column gives 0 from the first on.
  @Test("the look-back has no figures where every price is 0 either", arguments: IndicatorCatalogue.entries.map(\.name))
  func nothing(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    let zeros = [Double](repeating: 0, count: 200)
    let columns = call.run(Fixtures.series(open: zeros, high: zeros, low: zeros, close: zeros, volume: zeros))
    for column in columns { #expect(column.prefix(call.lookBack).allSatisfy { $0.isNaN }) }
  }

  @Test("there are seven series")
  func complete() { #expect(Self.cases.count == 7) }
}
