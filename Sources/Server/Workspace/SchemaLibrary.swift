import Digests
import Documents
import Threads
import Training

/// The schemas of documents as they are sent. They are large: each is written once, when it is first asked for.
package final class SchemaLibrary: Sendable {
  /// A schema.
  package struct Entry: Sendable {
    /// JSON.
    package let bytes: [UInt8]
    /// SHA-256 of it.
    package let digest: String
  }

  private let known = Locked<[DocumentKind: Entry]>([:])

  /// None yet.
  package init() {}

  /// The schema of a kind of documents. Who asks for it while it is written waits.
  package func entry(_ kind: DocumentKind) -> Entry {
    known.withLock { known in
      if let entry = known[kind] { return entry }
      let bytes = Array(JSONWriter.write(kind.schema).utf8) + [UInt8(ascii: "\n")]
      let entry = Entry(bytes: bytes, digest: Digest.sha256(bytes))
      known[kind] = entry
      return entry
    }
  }
}
