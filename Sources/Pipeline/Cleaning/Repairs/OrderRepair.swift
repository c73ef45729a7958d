/// Brings rows into the order of time; those of one moment stay as they follow each other.
struct OrderRepair: BarRepair {
  let verb = "fix"
  let name = DisorderedRows().name
  let summary = "brings rows into the order of time"

  func apply(to rows: inout BarRows) -> [Change] {
    let findings = DisorderedRows().findings(in: CheckedRows(rows))
    guard !findings.isEmpty else { return [] }
    // Rows without a time follow the row before them.
    var last = Int64.min
    let keys = rows.rows.map { row in
      last = row.time ?? last
      return last
    }
    let order = rows.rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    rows.rows = order.map { rows.rows[$0] }
    return findings.map { finding in
      Change(
        repair: "\(verb) \(name)", line: finding.line, times: finding.times, rows: max(2, finding.count), field: nil,
        old: nil, new: nil,
        why: finding.count > 1
          ? "\(finding.count) rows are brought into the order of time: \(finding.sentence)"
          : "the row of line \(finding.line) is put where its time belongs: \(finding.sentence)")
    }
  }
}
