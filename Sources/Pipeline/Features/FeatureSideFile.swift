import Documents

/// What stands beside an array of NumPy and belongs to it, by the ending of its name.
package enum FeatureSideFile: String, CaseIterable, Sendable {
  /// When each row was recorded.
  case times = "time.npy"
  /// The place of each row's asset among the names, where there are several.
  case assets = "asset.npy"
  /// The columns' names.
  case names = "columns.json"
}

/// A file beside a manifest, with its SHA-256.
struct HashedFile: Sendable, Hashable {
  /// Its name.
  let name: String
  /// SHA-256 of its bytes.
  let sha256: String

  static let form = Form(
    Field("file", .string, "its name"), Field("sha256", .string, "SHA-256 of its bytes"),
    make: { (name, sha256) throws(FormViolation) -> HashedFile in
      guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
        throw FormViolation("file", "\(quoted(name)) is no name of a file in this folder")
      }
      return HashedFile(name: name, sha256: sha256)
    })

  var json: JSONValue { ["file": .string(name), "sha256": .string(sha256)] }
}
