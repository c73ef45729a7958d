import Documents

/// A file's name inside the workspace, such as `scenarios/flash-crash.json`: words between slashes, none of which leads out
/// of it or is hidden.
package struct WorkspaceName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The words, at least one.
  package let words: [String]

  /// Bytes that a word may have, as file systems have it, and words of a name.
  private static let (mostBytes, mostWords) = (255, 12)

  /// A name, where the text is one.
  package init?(_ text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard words.count <= Self.mostWords, words.allSatisfy(Self.isWord) else { return nil }
    self.words = words
  }

  /// A name beneath this one, where the text is one.
  package func appending(_ text: String) -> WorkspaceName? { WorkspaceName("\(self)/\(text)") }

  /// Whether a folder holds what is named.
  package func isWithin(_ folder: String) -> Bool { words.count > 1 && words[0] == folder }

  /// The last word.
  package var last: String { words[words.count - 1] }

  package var description: String { words.joined(separator: "/") }

  package static func < (left: WorkspaceName, right: WorkspaceName) -> Bool { left.description < right.description }

  private static func isWord(_ word: String) -> Bool {
    !word.isEmpty && !word.hasPrefix(".") && word.utf8.count <= mostBytes
      && word.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: scalar != "\\"
        }
      }
  }
}

extension WorkspaceName {
  /// About what is a name, as a regular expression of JSON Schema: every name matches it.
  static let pattern =
    #"^[^./\\\u0000-\u001f\u007f][^/\\\u0000-\u001f\u007f]*(/[^./\\\u0000-\u001f\u007f][^/\\\u0000-\u001f\u007f]*)*$"#
}
