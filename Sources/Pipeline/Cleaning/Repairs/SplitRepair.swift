import MarketData

/// Adjusts prices and volumes before what looks like a split to the units after it.
struct SplitRepair: BarRepair {
  let verb = "fix"
  let name = UnadjustedSplits().name
  let summary = "multiplies prices before a split by old over new units, and volumes by new over old"

  func apply(to rows: inout BarRows) -> [Change] {
    let checked = CheckedRows(rows)
    let words = Dictionary(
      UnadjustedSplits().findings(in: checked).compactMap { finding in finding.rows.first.map { ($0, finding.sentence) }
      },
      uniquingKeysWith: { first, _ in first })
    return UnadjustedSplits.jumps(in: checked).map { jump in
      let (old, new) = (Double(jump.units.old), Double(jump.units.new))
      let time = checked.times[jump.index]
      let before = rows.rows.indices.filter { rows.rows[$0].time.map { $0 < time } ?? false }
      for place in before {
        for field in [BarField.open, .high, .low, .close] {
          if let price = rows.rows[place][field] { rows.rows[place][field] = price * old / new }
        }
        if let volume = rows.rows[place][.volume] { rows.rows[place][.volume] = volume * new / old }
      }
      let row = checked.sound[jump.index]
      return Change(
        repair: "\(verb) \(name)", line: rows.rows[row].line, times: time...time, rows: before.count, field: nil,
        old: old, new: new,
        why:
          "prices of the \(before.count) rows before are multiplied by \(jump.units.old)/\(jump.units.new) and volumes by "
          + "\(jump.units.new)/\(jump.units.old): \(words[row] ?? "")")
    }
  }
}
