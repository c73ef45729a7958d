import Foundation
import Indicators
import Testing

@Suite("TA-Lib's figures for IBM")
struct ReferenceTests {
  @Test("the reference has 73 columns")
  func complete() {
    #expect(Fixtures.calls.count == 73)
    #expect(Set(Fixtures.calls.map(\.column)).isSubset(of: Fixtures.reference.keys))
  }

  @Test("typical prices that differ by rounding alone move no money")
  func equalTypicalPrices() throws {
    // In ticks of a hundredth the three prices add up to 3021 throughout; in binary they do so up to the last bit.
    let (up, across): ([Double], [Double]) = (
      (1...300).map { Double($0 * 7 % 89) }, (1...300).map { Double($0 * 5 % 13) }
    )
    let high: [Double] = up.map { (1007 + 2 * $0) / 100 }
    let low: [Double] = zip(up, across).map { (1007 - $0 - $1) / 100 }
    let close: [Double] = zip(up, across).map { (1007 - $0 + $1) / 100 }
    let bars = Fixtures.series(open: close, high: high, low: low, close: close, volume: up.map { _ in 1e6 })
    let figures = IndicatorColumn.values([try IndicatorColumn("MFI_14")], of: bars)[0]
    #expect(figures.dropFirst(14).allSatisfy { $0 == 0 })
    let typical: [Double] = high.indices.map { (high[$0] + low[$0] + close[$0]) * (1.0 / 3) }
    #expect(Set(typical).count > 1)
  }

  @Test(
    "every column is within 1e-9 of TA-Lib's, from its first valid row on",
    arguments: Fixtures.calls)
  func column(_ call: Fixtures.Call) throws {
    let expected = try #require(Fixtures.reference[call.column])
    let column = try IndicatorColumn(call.column)
    let ours = IndicatorColumn.values([column], of: Fixtures.ibm)[0]
    #expect(column.lookBack == call.first_valid_index)
    #expect(ours.count == expected.count && expected.count == 884)
    #expect(ours.allSatisfy { !$0.isInfinite })
    #expect(ours.filter { !$0.isNaN }.count == call.n_valid)
    // A mean of zeros is 0 here; TA-Lib's running sum leaves 1e-14 of what was in it.
    let nothing = 1e-14 * (expected.filter { !$0.isNaN }.map(abs).max() ?? 0)
    var worst = (error: 0.0, row: 0)
    for row in ours.indices {
      if row < column.lookBack {
        #expect(ours[row].isNaN, "row \(row)")
        continue
      }
      let difference = abs(ours[row] - expected[row])
      let error = difference <= nothing ? 0 : difference / abs(expected[row])
      if !(error <= worst.error) { worst = (error, row) }
    }
    let found = "row \(worst.row): \(ours[worst.row]), TA-Lib \(expected[worst.row])"
    #expect(worst.error < 1e-9, "\(found)")
  }
}
