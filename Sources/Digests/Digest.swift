import CCrypto
import Foundation

/// A running SHA-256, by OpenSSL's libcrypto.
package struct Digest: ~Copyable {
  private let context: OpaquePointer

  /// Of nothing yet.
  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("Invariant: libcrypto has SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of what was added, as 64 lowercase hexadecimal digits.
  package consuming func finish() -> String { Self.hexadecimal(finishedBytes()) }

  /// The digest of what was added, 32 bytes.
  package consuming func finishedBytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return bytes
  }

  /// Bytes as lowercase hexadecimal digits, two for each.
  package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 2 ? text : "0" + text
    }.joined()
  }

  /// SHA-256 of some bytes.
  package static func sha256(_ bytes: some ContiguousBytes) -> String {
    var digest = Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}
