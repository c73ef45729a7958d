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

extension DataEntry {
  /// The dataset with all that its manifests say, for programs.
  var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("name", .string(name)), JSONMember("source", .string(source)),
      JSONMember("rawRows", rawRows.map { .integer($0) } ?? .null), JSONMember("rawBytes", .integer(rawBytes)),
      JSONMember("rawDigest", .string(rawDigest)), JSONMember("isCurrent", .bool(isCurrent)),
    ]
    if let bars = processed {
      members.append(
        JSONMember(
          "bars",
          [
            "assets": .array(bars.assets.map { .string($0) }), "rows": .integer(bars.rows),
            "first": .string(DataText.time(bars.first)), "last": .string(DataText.time(bars.last)),
            "stepSeconds": bars.step.map { .number(Double($0) / 1000) } ?? .null,
            "gaps": .array(bars.gaps.map { .string($0) }), "splits": .array(bars.splits.map { .string($0) }),
            "changes": .array(bars.changes.map { .string($0) }), "sha256": .string(bars.sha256),
          ]))
    }
    members.append(
      JSONMember(
        "features",
        .array(
          features.map { version in
            [
              "set": .string(version.set), "version": .integer(version.number), "rows": .integer(version.rows),
              "columns": .array(version.columns.map { .string($0) }), "format": .string(version.format),
              "file": .string(version.file), "madeFrom": .string(version.madeFrom), "sha256": .string(version.sha256),
            ]
          })))
    return .object(members)
  }
}
