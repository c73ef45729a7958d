import MarketData

/// Moments that several rows have: with the same values, or with others.
struct DuplicateRows: BarCheck {
  let name = "duplicates"
  let summary = "moments that several rows have, with the same values or with others"
  let words = (one: "duplicate", several: "duplicates")

  func findings(in rows: CheckedRows) -> [Finding] {
    let all = rows.rows.rows
    var first: [Int64: Int] = [:]
    return all.indices.compactMap { place in
      guard let time = all[place].time else { return nil }
      guard let earlier = first[time] else {
        first[time] = place
        return nil
      }
      let (old, new) = (all[earlier], all[place])
      if new.isSame(as: old) { return rows.finding(name, [place], "the row is that of line \(old.line) again") }
      let differing = rows.rows.fields.filter { old[$0] != new[$0] }.map { field in
        let figures = [new[field], old[field]].map { $0.map(CleaningWords.number) ?? "nothing" }
        return "\(field.rawValue) \(figures[0]) against \(figures[1])"
      }
      return rows.finding(
        name, [place], "the time is that of line \(old.line), with other values: \(differing.joined(separator: ", "))")
    }
  }
}
