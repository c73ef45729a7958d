import MarketData

/// Bars whose high and low do not enclose their prices, and negative volumes.
struct ImpossibleBars: BarCheck {
  let name = "impossible"
  let summary = "highs and lows that do not enclose the other prices, and negative volumes"
  let words = (one: "impossible bar", several: "impossible bars")

  func findings(in rows: CheckedRows) -> [Finding] {
    rows.rows.rows.enumerated().compactMap { place, row in
      let wrong = Self.faults(of: row)
      return wrong.isEmpty ? nil : rows.finding(name, [place], wrong.joined(separator: ", "))
    }
  }

  /// What is impossible about a row, in words.
  private static func faults(of row: BarRows.Row) -> [String] {
    let text = CleaningWords.number
    var faults: [String] = []
    let inner: [BarField] = [.open, .close]
    if let high = row[.high], let low = row[.low], high < low {
      faults.append("the high \(text(high)) is under the low \(text(low))")
    } else {
      for field in inner {
        guard let value = row[field] else { continue }
        if let high = row[.high], high < value {
          faults.append("the high \(text(high)) is under the \(field.rawValue) \(text(value))")
        }
        if let low = row[.low], low > value {
          faults.append("the low \(text(low)) is above the \(field.rawValue) \(text(value))")
        }
      }
    }
    if let volume = row[.volume], volume < 0 { faults.append("the volume \(text(volume)) is negative") }
    return faults
  }
}
