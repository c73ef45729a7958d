/// What one check of a report folder came to.
package struct FolderCheck: Sendable, Hashable {
  /// What was checked: a file's name, or what is said of the run.
  package let what: String
  /// What came out.
  package let finding: Finding
  /// What was found, in words; of a difference, where and which.
  package let detail: String

  /// Whether a part of a folder is what it should be.
  package enum Finding: Sendable, Hashable {
    /// It is, to the last byte.
    case good
    /// It is not.
    case differs
    /// That could not be seen, which proves nothing.
    case notChecked
  }

  static func good(_ what: String, _ detail: String) -> FolderCheck {
    FolderCheck(what: what, finding: .good, detail: detail)
  }

  static func differs(_ what: String, _ detail: String) -> FolderCheck {
    FolderCheck(what: what, finding: .differs, detail: detail)
  }

  static func notChecked(_ what: String, _ detail: String) -> FolderCheck {
    FolderCheck(what: what, finding: .notChecked, detail: detail)
  }
}
