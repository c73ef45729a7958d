/// Comma-separated values as RFC 4180 has them, but for line ends.
enum CSVText {
  /// Rows of cells; those with commas, quotes or line breaks are quoted.
  static func lines(_ rows: [[String]]) -> String {
    rows.map { cells in
      cells.map { cell in
        cell.contains { "\",\n\r".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }.joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }
}
