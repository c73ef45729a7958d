/// The user's wish cannot be met as it stands; the text says why, and what to do instead. The program exits with 2.
package struct Refusal: Error, CustomStringConvertible, Sendable, Hashable {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
