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
  /// What belongs to it beside it, such as the times of an array; none where an earlier program wrote it, which did not say.
  let beside: [HashedFile]
  /// The program that computed them, such as `stresslab 0.1.0`.
  package let tool: String

  private static let version = "features/1"

  init(
    set: String, number: Int, columns: [String], rows: Int, madeFrom: String, format: String, file: String,
    sha256: String, beside: [HashedFile], tool: String
  ) {
    self.set = set
    self.number = number
    self.columns = columns
    self.rows = rows
    self.madeFrom = madeFrom
    self.format = format
    self.file = file
    self.sha256 = sha256
    self.beside = beside
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
    Field("beside", .list(.form(HashedFile.form)), default: [], "what belongs to the file beside it"),
    make: {
      FeatureVersion(
        set: $1, number: $2, columns: $3, rows: $4, madeFrom: $5, format: $6, file: $7, sha256: $8, beside: $10,
        tool: $9)
    })

  /// The manifest as a file.
  var text: String {
    var members = [
      JSONMember("stresslab", .string(Self.version)), JSONMember("set", .string(set)),
      JSONMember("version", .integer(number)), JSONMember("columns", .array(columns.map { .string($0) })),
      JSONMember("rows", .integer(rows)), JSONMember("madeFrom", .string(madeFrom)),
      JSONMember("format", .string(format)), JSONMember("file", .string(file)),
      JSONMember("sha256", .string(sha256)), JSONMember("tool", .string(tool)),
    ]
    if !beside.isEmpty { members.append(JSONMember("beside", .array(beside.map(\.json)))) }
    return JSONWriter.write(.object(members), indented: true)
  }

  /// All its files.
  var files: [HashedFile] { [HashedFile(name: file, sha256: sha256)] + beside }

  /// Whether it holds what a request asks for.
  func answers(_ columns: [String], madeFrom: String, format: String, tool: String) -> Bool {
    self.columns == columns && self.madeFrom == madeFrom && self.format == format && self.tool == tool
  }
}
