import CCrypto
import Foundation
import Testing

/// Where recorded data came from is only worth something while it is about the bytes that are there.
struct ProvenanceTests {
  /// One row of `fixtures/PROVENANCE.json`.
  private struct Row: Decodable {
    let file, sha256, content, source, licence, transformation, added: String
    let bytes: Int
  }

  private let rows: [Row]

  init() throws {
    rows = try JSONDecoder().decode([Row].self, from: Repository.bytes("fixtures/PROVENANCE.json"))
  }

  @Test("every fixture has a row of provenance, and every row a fixture")
  func complete() {
    let present = Repository.files(in: "fixtures").filter { $0 != "PROVENANCE.json" }
    #expect(rows.map(\.file).sorted() == present)
  }

  @Test("every fixture has the bytes that its provenance speaks of")
  func hashes() throws {
    for row in rows {
      let bytes = try Repository.bytes("fixtures/\(row.file)")
      #expect(bytes.count == row.bytes, "\(row.file)")
      #expect(sha256(bytes) == row.sha256, "\(row.file)")
    }
  }

  @Test("every row says source, licence, transformation and the day it was added")
  func said() {
    for row in rows {
      for (name, text) in [
        ("content", row.content), ("source", row.source), ("licence", row.licence),
        ("transformation", row.transformation),
      ] {
        #expect(!text.isEmpty, "\(row.file): \(name)")
      }
      #expect(row.added.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil, "\(row.file): \(row.added) is no date")
    }
  }

  private func sha256(_ data: Data) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let status = data.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, &length, EVP_sha256(), nil) }
    precondition(status == 1, "Invariant: libcrypto has SHA-256")
    return digest.prefix(Int(length)).map { String(format: "%02x", $0) }.joined()
  }
}
