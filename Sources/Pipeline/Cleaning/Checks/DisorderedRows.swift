import MarketData

/// Times that go back: the whole file from new to old, or rows here and there.
struct DisorderedRows: BarCheck {
  let name = "order"
  let summary = "times that go back, here and there or throughout"
  let words = (one: "time that goes back", several: "times that go back")

  func findings(in rows: CheckedRows) -> [Finding] {
    let all = rows.rows.rows
    let timed = all.indices.filter { all[$0].time != nil }
    let back = zip(timed, timed.dropFirst()).filter { (all[$1].time ?? 0) < (all[$0].time ?? 0) }.map(\.1)
    let onward = zip(timed, timed.dropFirst()).contains { (all[$1].time ?? 0) > (all[$0].time ?? 0) }
    if !back.isEmpty, !onward {
      return [rows.finding(name, timed, "the rows go from new to old")]
    }
    return back.map { place in
      let before = timed.last { $0 < place } ?? place
      return rows.finding(name, [place], "its time goes back from that of line \(all[before].line)")
    }
  }
}
