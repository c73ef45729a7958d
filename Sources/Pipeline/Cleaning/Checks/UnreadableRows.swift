import Documents
import MarketData

/// Rows without a time that can be read, or with a field that is no number.
struct UnreadableRows: BarCheck {
  let name = "unreadable"
  let summary = "rows without a time or with fields that are no numbers"
  let words = (one: "unreadable row", several: "unreadable rows")

  func findings(in rows: CheckedRows) -> [Finding] {
    let fields = rows.rows.fields
    return rows.rows.rows.enumerated().compactMap { place, row in
      let missing = fields.filter { row[$0] == nil }.map(\.rawValue)
      if row.time == nil { return rows.finding(name, [place], "the row has no time that can be read") }
      guard !missing.isEmpty else { return nil }
      let words = missing.count == 1 ? "\(missing[0]) is" : "\(missing.joined(separator: ", ")) are"
      return rows.finding(name, [place], "\(words) no number")
    }
  }
}
