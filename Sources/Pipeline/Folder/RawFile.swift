import Documents

/// A file of raw data, as its manifest has it. A file is never changed: other contents are another file.
package struct RawFile: Sendable, Hashable {
  /// Its name in the dataset's folder.
  package let name: String
  /// Its rows below the header; nil where nobody has read it as a table.
  package let rows: Int?
  /// Its length in bytes.
  package let bytes: Int
  /// SHA-256 of its bytes.
  package let sha256: String
  /// When it was written: milliseconds since 1970-01-01 UTC.
  package let written: Int64

  static let form = Form(
    Field("file", .string, "its name"),
    Field("rows", .optional(.integer(in: 0...Int.max)), "rows below the header"),
    Field("bytes", .integer(in: 0...Int.max), "its length"),
    Field("sha256", .string, "SHA-256 of its bytes"),
    Field("written", .moment, "when it was written"),
    make: { (name, rows, bytes, sha256, written) throws(FormViolation) -> RawFile in
      guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
        throw FormViolation("file", "\(quoted(name)) is no name of a file in this folder")
      }
      return RawFile(name: name, rows: rows, bytes: bytes, sha256: sha256, written: written)
    })

  init(name: String, rows: Int?, bytes: Int, sha256: String, written: Int64) {
    self.name = name
    self.rows = rows
    self.bytes = bytes
    self.sha256 = sha256
    self.written = written
  }

  var json: JSONValue {
    var members = [JSONMember("file", .string(name))]
    if let rows { members.append(JSONMember("rows", .integer(rows))) }
    members += [
      JSONMember("bytes", .integer(bytes)), JSONMember("sha256", .string(sha256)),
      JSONMember("written", .moment(written)),
    ]
    return .object(members)
  }
}
