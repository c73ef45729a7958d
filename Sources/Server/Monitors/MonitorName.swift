import Documents
import Pipeline

/// What a monitor is called: a word of letters, digits, `-`, `_` and `.`, the first a letter or digit. It is the name of a file.
package struct MonitorName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The word.
  package let description: String

  /// A name, where the text is one.
  package init?(_ text: String) {
    guard let name = DatasetName(text), !text.contains("/") else { return nil }
    description = name.description
  }

  /// The name in a path.
  ///
  /// - Throws: a `Failure` for what is none.
  init(_ name: WorkspaceName) throws(Failure) {
    guard let found = MonitorName("\(name)") else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(quoted("\(name)")) is no monitor's name: letters, digits, \"-\", \"_\" and \".\", at most 64")
    }
    self = found
  }

  package static func < (left: MonitorName, right: MonitorName) -> Bool { left.description < right.description }
}
