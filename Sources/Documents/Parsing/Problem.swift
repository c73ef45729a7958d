/// One thing that is wrong in a document, with the place where it stands.
package struct Problem: Sendable, Hashable {
  /// Where the wrong thing stands.
  package let position: SourcePosition
  /// Its JSON pointer (RFC 6901) in its own file, such as `/events/crash/drop`; empty for the whole document.
  package let path: String
  /// What was expected and what was found.
  package let message: String
  /// What the system failed at, where it is that and no mistake in what was read.
  package let fault: SystemFault?

  /// A problem at a place.
  package init(position: SourcePosition, path: String = "", message: String, fault: SystemFault? = nil) {
    self.position = position
    self.path = path
    self.message = message
    self.fault = fault
  }
}

extension Problem: Comparable {
  /// By position, then path, then message.
  package static func < (left: Problem, right: Problem) -> Bool {
    if left.position != right.position { return left.position < right.position }
    return (left.path, left.message) < (right.path, right.message)
  }
}

extension Problem: CustomStringConvertible {
  /// `scenarios/flash-crash.json:12:18: /events/crash/drop: 1.4 is outside 0…1 (fraction of price)`; always one line, since
  /// names of files, columns and keys may hold anything.
  package var description: String {
    PrintableText.escaped(path.isEmpty ? "\(position): \(message)" : "\(position): \(path): \(message)")
  }
}
