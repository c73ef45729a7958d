import Documents
import Pipeline

/// What may be wrong with bars, for people.
enum CleaningReportText {
  /// The most findings of one kind that are told; JSON has all.
  private static let most = 20

  /// Reports as lines: for each asset how much was found, then each finding with its line and time, and at the end what can be
  /// done about them.
  static func lines(_ reports: [CleaningReport]) -> [String] {
    var lines = reports.flatMap(lines)
    let kinds = Set(reports.flatMap { $0.counts.map(\.kind) })
    let repairs = BarRepairs.all.filter { kinds.contains($0.name) }
    if !repairs.isEmpty {
      lines.append("Nothing was changed. What can be asked for:")
      let rows = repairs.map { ["  --\($0.verb) \($0.name)", $0.summary] }
      lines += DataText.table(rows)
    }
    return lines
  }

  private static func lines(_ report: CleaningReport) -> [String] {
    let whose = report.asset.isEmpty ? report.file : "\(report.file), \(report.asset)"
    let rows = "\(report.rows) row\(report.rows == 1 ? "" : "s")"
    guard !report.findings.isEmpty else { return ["\(whose): \(rows), nothing found"] }
    let counts = report.counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    var lines = ["\(whose): \(rows): \(counts)"]
    for (kind, count) in report.counts {
      for finding in report.findings.filter({ $0.kind == kind }).prefix(most) {
        let when = finding.times.map { " \(DataText.time($0.lowerBound))" } ?? ""
        let line = finding.line > 0 ? " line \(finding.line)" : ""
        lines.append("  \(kind)\(line)\(when): \(finding.sentence)")
      }
      if count > most { lines.append("  \(kind): and \(count - most) more; --json has all") }
    }
    return lines
  }

  /// Changes as lines.
  static func lines(_ changes: [Change]) -> [String] {
    var lines = changes.prefix(most).map { "  \($0.repair): \($0.sentence)" }
    if changes.count > most { lines.append("  and \(changes.count - most) more; the manifest has all") }
    return lines
  }
}
