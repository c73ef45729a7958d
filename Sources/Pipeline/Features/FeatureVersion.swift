import Documents

/// A version of a feature set of a dataset: what it holds and what it was made from.
package struct FeatureVersion: Sendable, Hashable {
  /// The set's name.
  package let set: String
  /// 1 for the first that was made.
  package let number: Int
  /// The columns in order, by their names.
  package let columns: [String]
  /// The rows.
  package let rows: Int
  /// SHA-256 of the bars that they were computed from.
  package let madeFrom: String
  /// The notation of the file: `csv`, `npy` or `parquet`.
  package let format: String
  /// The file's name beside the manifest.
  package let file: String
  /// SHA-256 of the file.
  package let sha256: String
  /// The program that computed them, such as `stresslab 0.1.0`.
  package let tool: String

  private static let version = "features/1"

  init(
    set: String, number: Int, columns: [String], rows: Int, madeFrom: String, format: String, file: String,
    sha256: String, tool: String
  ) {
    self.set = set
    self.number = number
    self.columns = columns
    self.rows = rows
    self.madeFrom = madeFrom
    self.format = format
    self.file = file
    self.sha256 = sha256
    self.tool = tool
  }

  static let form = Form(
    Field("stresslab", .constant(version), "the format"),
    Field("set", .string, "the set's name"),
    Field("version", .integer(in: 1...Int.max), "1 for the first"),
    Field("columns", .list(.string), "the columns"),
    Field("rows", .integer(in: 0...Int.max), "the rows"),
    Field("madeFrom", .string, "SHA-256 of the bars"),
    Field("format", .string, "csv, npy or parquet"),
    Field("file", .string, "the file beside this one"),
    Field("sha256", .string, "SHA-256 of the file"),
    Field("tool", .string, "what computed them"),
    make: {
      FeatureVersion(
        set: $1, number: $2, columns: $3, rows: $4, madeFrom: $5, format: $6, file: $7, sha256: $8, tool: $9)
    })

  /// The manifest as a file.
  var text: String {
    let json: JSONValue = [
      "stresslab": .string(Self.version), "set": .string(set), "version": .integer(number),
      "columns": .array(columns.map { .string($0) }), "rows": .integer(rows), "madeFrom": .string(madeFrom),
      "format": .string(format), "file": .string(file), "sha256": .string(sha256), "tool": .string(tool),
    ]
    return JSONWriter.write(json, indented: true)
  }

  /// Whether it holds what a request asks for.
  func answers(_ columns: [String], madeFrom: String, format: String, tool: String) -> Bool {
    self.columns == columns && self.madeFrom == madeFrom && self.format == format && self.tool == tool
  }
}
