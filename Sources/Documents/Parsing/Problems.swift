/// Everything that is wrong in a document, at once: sorted by position, each problem once.
package struct Problems: Error, Sendable, Hashable {
  /// The problems, sorted and without repetition; never empty.
  package let all: [Problem]

  /// Sorts the problems and drops repetitions.
  package init(_ problems: [Problem]) {
    precondition(!problems.isEmpty, "Invariant: an error has at least one problem")
    all = Set(problems).sorted()
  }

  /// One problem.
  package init(_ problem: Problem) { all = [problem] }

  /// Whether the system failed on the way, so that nobody knows yet what is wrong with the documents.
  package var areOfTheSystem: Bool { all.contains { $0.fault != nil } }
}

extension Problems: CustomStringConvertible {
  /// One line a problem.
  package var description: String { all.map(\.description).joined(separator: "\n") }
}
