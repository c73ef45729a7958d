/// Where something stands in a file that a person wrote.
package struct SourcePosition: Sendable, Hashable {
  /// The file's path as it was given (or as `extends` led to it).
  package let file: String
  /// The line, from 1; 0 stands for the file as a whole.
  package let line: Int
  /// The column in characters (Unicode scalars), from 1.
  package let column: Int

  /// A place in a file; line 0 is the file as a whole.
  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourcePosition: Comparable {
  /// By file, then line, then column.
  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `file:line:column`, or the file alone.
  package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}
