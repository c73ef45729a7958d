import CCrypto
import Foundation

/// A running SHA-256, by OpenSSL's libcrypto.
struct Digest: ~Copyable {
  private let context: OpaquePointer

  init() throws(StoreProblem) {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      throw StoreProblem("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of what was added, as 64 lowercase hexadecimal digits.
  consuming func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 2 ? text : "0" + text
    }.joined()
  }

  /// SHA-256 of some bytes.
  static func sha256(_ bytes: some ContiguousBytes) throws(StoreProblem) -> String {
    var digest = try Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  /// SHA-256 of a file's contents.
  static func sha256(fileAt path: String) throws(StoreProblem) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StoreProblem("\(path): cannot be read")
    }
    return try sha256(data)
  }
}
