/// Drops the rows that a check finds.
struct RowRemoval: BarRepair {
  let verb = "drop"
  let summary: String
  private let check: any BarCheck

  init(_ check: any BarCheck, _ summary: String) {
    self.check = check
    self.summary = summary
  }

  var name: String { check.name }

  func apply(to rows: inout BarRows) -> [Change] {
    var dropped: Set<Int> = []
    var changes: [Change] = []
    for finding in check.findings(in: CheckedRows(rows)) {
      for place in finding.rows where dropped.insert(place).inserted {
        let row = rows.rows[place]
        changes.append(
          Change(
            repair: "\(verb) \(name)", line: row.line, times: row.time.map { $0...$0 }, rows: 1, field: nil, old: nil,
            new: nil, why: finding.sentence))
      }
    }
    rows.rows = rows.rows.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
    return changes
  }
}
