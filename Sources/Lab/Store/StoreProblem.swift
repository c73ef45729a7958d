/// Something is wrong with a report folder or with the file system; the text says what, and what to do.
package struct StoreProblem: Error, CustomStringConvertible, Sendable {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
