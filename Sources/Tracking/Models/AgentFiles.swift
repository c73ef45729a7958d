import Agents
import Digests
import Documents
import Foundation
import Lab
import Learning

/// The files that an agent is, with what their bytes come to: the same bytes are the same agent.
package struct AgentFiles: Sendable, Hashable {
  /// Their names, in this order.
  package static let names = [SavedAgent.documentName, Policy.documentName, Policy.weightsName]

  /// Their bytes.
  package let contents: [[UInt8]]
  /// SHA-256 over the hashes and names of all.
  package let sha256: String
  /// SHA-256 of the network's weights.
  package let weights: String

  /// The files of an agent in its folder, which is read as a run would read it.
  ///
  /// - Throws: everything that is wrong with them.
  package init(_ folder: String) throws(Problems) {
    _ = try SavedAgent.read(folder)
    var contents: [[UInt8]] = []
    for name in Self.names {
      contents.append(try FileContents.needed("\(folder)/\(name)", ShippedAgents.contents))
    }
    self.init(contents)
  }

  private init(_ contents: [[UInt8]]) {
    self.contents = contents
    let hashes = contents.map { Digest.sha256($0) }
    let lines = zip(hashes, Self.names).map { "\($0)  \($1)\n" }
    sha256 = Digest.sha256(Array(lines.joined().utf8))
    weights = hashes[2]
  }
}
