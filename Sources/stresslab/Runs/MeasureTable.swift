import Documents
import Lab
import Statistics

/// Every measure of every desk of a run as one flat table.
struct MeasureTable {
  private let rows: [MeasureRow]
  /// Names of the grid's axes, each a column.
  private let axes: [String]

  init(_ summary: Summary) {
    rows = summary.measureRows
    var axes: [String] = []
    for value in summary.scenarios.flatMap({ $0.point ?? [] }) where !axes.contains(value.name) {
      axes.append(value.name)
    }
    self.axes = axes
  }

  /// The names of the columns.
  private var header: [String] {
    ["scenario"] + axes
      + [
        "severity", "agent", "risk", "measure", "which", "unit", "value", "low", "high", "confidence", "n", "method",
        "evidence",
      ]
  }

  private func cells(_ row: MeasureRow) -> [String] {
    func number(_ value: Double?) -> String { value.map(JSONWriter.number) ?? "" }
    let estimate = row.estimate
    let evidence =
      switch estimate.evidence {
      case .sampled: ""
      case .tooFewPaths: "tooFewPaths"
      case .notSeen(let atMost): "notSeen at most \(JSONWriter.number(atMost))"
      }
    return [row.scenario] + axes.map { axis in row.point.first { $0.name == axis }?.text ?? "" }
      + [
        JSONWriter.number(row.severity), row.agent, row.risk, row.measure, row.word, row.unit.rawValue,
        number(estimate.value), number(estimate.low), number(estimate.high), JSONWriter.number(estimate.confidence),
        "\(estimate.n)", estimate.method.rawValue, evidence,
      ]
  }

  /// The table as text.
  func text(isMarkdown: Bool) -> String { isMarkdown ? markdown : csv }

  private var csv: String { CSVText.lines([header] + rows.map(cells)) }

  private var markdown: String {
    let lines = [header, header.map { _ in "---" }] + rows.map(cells)
    return lines.map { cells in
      "| "
        + cells.map { cell in
          PrintableText.escaped(cell).replacing("\\", with: "\\\\").replacing("|", with: "\\|")
        }.joined(separator: " | ") + " |"
    }.joined(separator: "\n") + "\n"
  }
}
