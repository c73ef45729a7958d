import MarketData
import Pipeline
import Testing

/// Bars against those of another source.
@Suite("Bars against another source")
struct SourceComparisonTests {
  /// The same bars, each close a little off, as another exchange has it.
  private static func other(_ rows: BarRows, _ deviation: Double, seed: UInt64 = 9) -> BarRows {
    var words = SplitMix(state: seed)
    var other = BarRows(file: "other.csv", asset: "", fields: rows.fields, rows: rows.rows)
    for place in other.rows.indices {
      other.rows[place][.close] = other.rows[place][.close].map { $0 * (1 + deviation * words.normal()) }
    }
    return other
  }

  private static func findings(_ rows: BarRows, _ other: BarRows) -> [Finding] {
    CleaningReport(rows, against: other).findings.filter { $0.kind == "against" }
  }

  @Test("another source that differs as it always does is nothing to tell, and the same file is not either")
  func alike() {
    for seed in 1...20 {
      let rows = MadeRows.normal.rows(seed: UInt64(seed), count: 1000)
      #expect(Self.findings(rows, Self.other(rows, 1e-4, seed: UInt64(seed))).isEmpty)
      #expect(Self.findings(rows, rows).isEmpty)
    }
  }

  @Test("a close that differs by far more, and bars that only one has, are found")
  func differing() {
    let rows = MadeRows.normal.rows(seed: 5, count: 1000)
    var other = Self.other(rows, 1e-4)
    other.rows[400][.close] = rows.rows[400][.close].map { $0 * 1.01 }
    var own = rows
    other.rows.removeSubrange(600..<604)
    own.rows.removeSubrange(700..<702)
    // What lies outside of both is no difference.
    own.rows.removeFirst(10)
    other.rows.removeLast(20)
    let found = Self.findings(own, other)
    #expect(found.map(\.line) == [402, 602, 0])
    #expect(found.map(\.count) == [1, 4, 2])
    #expect(found[0].sentence.contains("-0.99 % off other.csv's") && found[0].sentence.hasSuffix("(line 402)"))
    #expect(found[1].sentence == "other.csv has no bars here, from 2020-01-26T00:00:00Z to 2020-01-26T03:00:00Z")
    #expect(
      found[2].sentence
        == "other.csv has 2 bars that this file has not, from 2020-01-30T04:00:00Z to 2020-01-30T05:00:00Z")
  }

  @Test("where both are the same but for one close, it is found")
  func identical() {
    let rows = MadeRows.normal.rows(seed: 6, count: 500)
    var other = rows
    other.rows[77][.close] = rows.rows[77][.close].map { $0 * 1.0001 }
    #expect(Self.findings(rows, other).map(\.line) == [79])
  }

  @Test("files without a moment in common are said to be")
  func apart() {
    let rows = MadeRows.normal.rows(seed: 7, count: 50)
    var other = rows
    for place in other.rows.indices { other.rows[place].time = other.rows[place].time.map { $0 + 60_000 } }
    #expect(Self.findings(rows, other).map(\.sentence).first?.contains("nothing can be compared") == true)
  }
}
