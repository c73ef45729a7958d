import Digests

/// A SHA-256, or several that are added bit by bit, so that their order does not matter.
struct Checksum: Sendable, Hashable {
  private var bytes: [UInt8]

  /// Of no row.
  static let none = Checksum(bytes: Array(repeating: 0, count: 32))

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// What was added to a digest.
  init(_ digest: consuming Digest) { bytes = digest.finishedBytes() }

  /// 64 hexadecimal digits; nil for anything else.
  init?(hexadecimal text: String) {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  /// 64 hexadecimal digits.
  var hexadecimal: String { Digest.hexadecimal(bytes) }

  /// Adds another one bit by bit (exclusive or); a second time takes it out again.
  mutating func add(_ other: Checksum) {
    for index in bytes.indices { bytes[index] ^= other.bytes[index] }
  }
}
