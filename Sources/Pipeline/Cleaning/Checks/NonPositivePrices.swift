import MarketData

/// Prices that are 0 or negative.
struct NonPositivePrices: BarCheck {
  let name = "prices"
  let summary = "prices that are zero or negative"
  let words = (one: "row with prices that are not above 0", several: "rows with prices that are not above 0")

  func findings(in rows: CheckedRows) -> [Finding] {
    let fields = rows.rows.fields.filter { $0 != .volume }
    return rows.rows.rows.enumerated().compactMap { place, row in
      let wrong = fields.compactMap { field in
        row[field].flatMap { $0 > 0 ? nil : "\(field.rawValue) \(CleaningWords.number($0))" }
      }
      guard !wrong.isEmpty else { return nil }
      return rows.finding(name, [place], "\(wrong.joined(separator: ", ")): prices are above 0")
    }
  }
}
