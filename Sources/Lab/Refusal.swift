/// The user's wish cannot be met as it stands; the text says why, and what to do instead. The program exits with 2.
package struct Refusal: Error, CustomStringConvertible, Sendable, Hashable {
  /// Why not, and what to do instead; the program prints it to people.
  package let description: String

  /// A refusal in these words.
  package init(_ description: String) {
    self.description = description
  }
}
