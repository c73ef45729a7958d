import CCrypto
import Drawing
import Foundation
import Testing

@Suite("The page's script")
struct PageScriptTests {
  @Test("is small, and its hash is the one that the page's policy names")
  func hash() {
    #expect(PageScript.text.utf8.count <= 3_000)
    var digest = [UInt8](repeating: 0, count: 32)
    let bytes = Array(PageScript.text.utf8)
    #expect(EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1)
    #expect(PageScript.sha256 == Data(digest).base64EncodedString())
  }
}
