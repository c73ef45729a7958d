import Documents
import MarketData
import Pipeline

/// How the data folder is told to people.
enum DataText {
  /// A moment in ISO 8601.
  static func time(_ milliseconds: Int64) -> String { Timestamp.text(milliseconds: milliseconds) }

  /// A version of a feature set: `classic44 v2: 44 columns × 8760 rows, csv`.
  static func words(_ version: FeatureVersion) -> String {
    "\(version.set) v\(version.number): \(version.columns.count) columns × \(version.rows) rows, \(version.format)"
  }

  /// A version of a feature set of a dataset, and whether it is behind the bars.
  static func words(_ version: FeatureVersion, of entry: DataEntry) -> String {
    words(version) + (entry.isCurrent(version) ? "" : " (behind its bars)")
  }

  /// What the checks found in a dataset's bars, as a part of a line.
  static func findings(_ bars: ProcessedManifest, of name: some CustomStringConvertible) -> String {
    guard let findings = bars.findings else { return "never looked at; stresslab data process \(name) does" }
    let hint = "; stresslab data check \(FileContents.dataPrefix)\(name) tells them"
    return findings.words + (findings.total == 0 ? "" : hint)
  }

  /// Rows of cells as lines with their columns under each other; the first row is the header.
  static func table(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let line = zip(row, widths).map { $0.padding($1) }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension String {
  /// The text with blanks behind it up to a width.
  func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
