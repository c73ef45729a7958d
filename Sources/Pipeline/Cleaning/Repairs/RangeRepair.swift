import MarketData

/// Widens highs and lows until they enclose open and close; a high under its low changes places with it first.
struct RangeRepair: BarRepair {
  let verb = "fix"
  let name = ImpossibleBars().name
  let summary = "widens highs and lows until they enclose open and close"

  func apply(to rows: inout BarRows) -> [Change] {
    ImpossibleBars().findings(in: CheckedRows(rows)).flatMap { finding -> [Change] in
      guard let place = finding.rows.first else { return [] }
      let old = rows.rows[place]
      var new = old
      if let high = old[.high], let low = old[.low] {
        let prices = [high, low] + [BarField.open, .close].compactMap { old[$0] }
        new[.high] = prices.max()
        new[.low] = prices.min()
      } else {
        let inner = [BarField.open, .close].compactMap { old[$0] }
        if let high = old[.high] { new[.high] = ([high] + inner).max() }
        if let low = old[.low] { new[.low] = ([low] + inner).min() }
      }
      rows.rows[place] = new
      return [BarField.high, .low].filter { old[$0] != new[$0] }.map { field in
        Change(
          repair: "\(verb) \(name)", line: old.line, times: old.time.map { $0...$0 }, rows: 1, field: field,
          old: old[field], new: new[field], why: finding.sentence)
      }
    }
  }
}
