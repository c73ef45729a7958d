import Documents
import MarketData

/// What may be wrong with the bars of an asset: said, and nothing changed.
package struct CleaningReport: Sendable {
  /// The file.
  package let file: String
  /// The asset; without a name where the file holds one.
  package let asset: String
  /// How many rows were looked at.
  package let rows: Int
  /// The most frequent distance of bars in milliseconds; nil for fewer than three.
  package let step: Int64?
  /// What was found, check by check.
  package let findings: [Finding]
  /// How the bars stand against those of another source; nil where there is none.
  package let comparison: SourceComparison?

  /// Looks at rows.
  ///
  /// - Parameter other: rows of the same asset by another source.
  package init(_ rows: BarRows, against other: BarRows? = nil) {
    let checked = CheckedRows(rows)
    file = rows.file
    asset = rows.asset
    self.rows = rows.rows.count
    step = checked.clock?.step
    comparison = other.map { SourceComparison(checked, against: CheckedRows($0)) }
    findings = BarChecks.all.flatMap { $0.findings(in: checked) } + (comparison?.findings ?? [])
  }

  /// How often each check found something, in the order of the checks; those that found nothing are left out.
  package var counts: [(kind: String, count: Int)] {
    (BarChecks.all.map(\.name) + [SourceComparison.name]).map { name in
      (kind: name, count: findings.count { $0.kind == name })
    }.filter { $0.count > 0 }
  }

  /// The report for programs.
  package var json: JSONValue {
    .object(
      [
        JSONMember("file", .string(file)), JSONMember("asset", .string(asset)), JSONMember("rows", .integer(rows)),
        JSONMember("stepSeconds", step.map { .number(Double($0) / 1000) } ?? .null),
        JSONMember("counts", .object(counts.map { JSONMember($0.kind, .integer($0.count)) })),
        JSONMember("findings", .array(findings.map(\.json))),
      ]
        + (comparison.map {
          [
            JSONMember(
              "against",
              ["shared": .integer($0.shared), "medianDifference": .number($0.medianDifference)])
          ]
        } ?? []))
  }
}
