import Statistics
import Training

/// What a walk forward came to, in lines for people.
struct WalkForwardTable {
  private let record: WalkForwardRecord

  init(_ record: WalkForwardRecord) { self.record = record }

  /// The windows, the figures with their intervals, and how much was tried for them.
  var lines: [String] {
    var lines = record.windows.map { one in
      let times = one.window.times.test
      return "window \(one.window.window.number): \(Self.day(times.from)) to \(Self.day(times.to))  "
        + Self.percent(one.growth - 1, signed: true)
    }
    if let figures = record.figures {
      lines += Self.aligned([["", "", "", "holding", "less holding", ""]] + figures.lines.map(Self.cells))
    }
    return lines + record.notes
  }

  /// A figure with its interval, that of holding, and the difference with its interval.
  private static func cells(_ line: CurveFigures.Line) -> [String] {
    func text(_ value: Double?) -> String {
      guard let value else { return "–" }
      return line.figure.isFraction ? percent(value) : decimal(value, 2)
    }
    func interval(_ estimate: Estimate) -> String {
      estimate.low == nil && estimate.high == nil ? "" : "[\(text(estimate.low)), \(text(estimate.high))]"
    }
    return [
      line.figure.title, text(line.estimate.value), interval(line.estimate), text(line.holding),
      text(line.difference.value), interval(line.difference),
    ]
  }

  /// Rows as lines, the first column to the left, figures to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = columns.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 || column == 2 || column == 5 ? row[column] + space : space + row[column]
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The day of a moment.
  private static func day(_ time: String) -> String { String(time.prefix(10)) }

  private static func percent(_ share: Double, signed: Bool = false) -> String {
    (signed && share > 0 ? "+" : "") + decimal(100 * share, 1) + " %"
  }

  private static func decimal(_ value: Double, _ digits: Int) -> String { Unit.decimal(value, decimals: digits) }
}
