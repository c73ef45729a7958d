import MarketData
import Pipeline
import Testing

/// Highs, lows and opens against those of another source, beside closes that agree.
@Suite("Each price against another source")
struct SourcePricesTests {
  /// The same bars as another exchange has them: highs and lows off by more than closes, as they are.
  private static func other(_ rows: BarRows, seed: UInt64, without: BarField? = nil) -> BarRows {
    var words = SplitMix(state: seed)
    var other = BarRows(
      file: "other.csv", asset: "", fields: rows.fields.filter { $0 != without }, rows: rows.rows)
    let deviations: [(BarField, Double)] = [(.open, 1e-4), (.close, 1e-4), (.high, 1e-3), (.low, 1e-3)]
    for place in other.rows.indices {
      for (field, deviation) in deviations {
        let factor = 1 + deviation * words.normal()
        other.rows[place][field] = field == without ? nil : other.rows[place][field].map { $0 * factor }
      }
    }
    return other
  }

  private static func findings(_ rows: BarRows, _ other: BarRows) -> [Finding] {
    CleaningReport(rows, against: other).findings.filter { $0.kind == "against" }
  }

  @Test("that differ as they always do, highs and lows more than closes, are nothing to tell")
  func alike() {
    for seed in 1...20 {
      let rows = MadeRows.normal.rows(seed: UInt64(seed), count: 1000)
      #expect(Self.findings(rows, Self.other(rows, seed: UInt64(seed))).isEmpty)
    }
  }

  @Test("that one source alone has is found, though its close has come back", arguments: [BarField.high, .low, .open])
  func wick(_ field: BarField) throws {
    var rows = MadeRows.normal.rows(seed: 5, count: 1000)
    let other = Self.other(rows, seed: 3)
    // A tick of 2 % is twenty usual deviations of highs, and two hundred of opens.
    rows.rows[400][field] = rows.rows[400][field].map { $0 * (field == .low ? 0.98 : 1.02) }
    let found = Self.findings(rows, other)
    #expect(found.map(\.line) == [402])
    let sentence = try #require(found.first?.sentence)
    #expect(sentence.hasPrefix("the \(field.rawValue) ") && sentence.hasSuffix("(line 402)"), "\(sentence)")
    #expect(sentence.contains(" % off other.csv's "))
  }

  @Test("off in several prices is one finding, which names them")
  func several() {
    let rows = MadeRows.normal.rows(seed: 6, count: 500)
    var other = rows
    for field in [BarField.close, .open, .high, .low] {
      other.rows[77][field] = rows.rows[77][field].map { $0 * 1.001 }
    }
    let found = Self.findings(rows, other)
    #expect(found.map(\.line) == [79])
    for field in ["close", "open", "high", "low"] { #expect(found[0].sentence.contains("the \(field) ")) }
  }

  @Test("that the other source has not are not compared")
  func missing() {
    let rows = MadeRows.normal.rows(seed: 8, count: 300)
    for field in [BarField.open, .high, .low] {
      #expect(Self.findings(rows, Self.other(rows, seed: 4, without: field)).isEmpty, "\(field)")
    }
  }
}
