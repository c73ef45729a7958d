/// Something is wrong with a report folder or with the file system; the text says what, and what to do.
package struct StoreProblem: Error, CustomStringConvertible, Sendable, Hashable {
  /// What is wrong, for people.
  package let description: String

  /// A problem in words.
  package init(_ description: String) {
    self.description = description
  }

  /// Works with what throws errors of its own (the database, coders, the file system).
  ///
  /// - Parameter what: what cannot be done when it throws, as the beginning of a sentence.
  /// - Throws: the body's `StoreProblem`, or one that says `what` and the cause.
  package static func wrapping<Result>(
    _ what: @autoclosure () -> String, _ body: () throws -> Result
  ) throws(StoreProblem) -> Result {
    do {
      return try body()
    } catch let problem as StoreProblem {
      throw problem
    } catch {
      throw StoreProblem("\(what()): \(SystemWords.text(of: error))")
    }
  }
}
