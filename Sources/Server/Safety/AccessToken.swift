import Digests
import Lab

/// What visitors have to know. Only its digest is kept, and digests are compared in constant time: how long it takes says nothing
/// of how much was right.
package struct AccessToken: Sendable {
  private let digest: [UInt8]

  /// Characters that it has at least.
  private static let least = 16

  /// A token.
  ///
  /// - Throws: a `Refusal` for one that could be guessed.
  package init(_ text: String) throws(Refusal) {
    guard text.utf8.count >= Self.least, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Refusal("a token has \(Self.least) printable ASCII characters at least, and no blanks")
    }
    digest = Self.digest(text)
  }

  /// Whether somebody knows it.
  package func isKnown(to text: String) -> Bool {
    zip(digest, Self.digest(text)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func digest(_ text: String) -> [UInt8] {
    var digest = Digest()
    var bytes = Array(text.utf8)
    bytes.withUnsafeBytes { digest.update($0) }
    bytes.removeAll()
    return digest.finishedBytes()
  }
}
