import Documents
import Foundation

/// Trained agents that lie inside the program, so that a copy of it needs no other file: `(built-in)/agents/calm` is a folder
/// like any other to a study.
package enum ShippedAgents {
  /// Their folders.
  package static let folders = ["calm", "stress", "execution"].map { "\(FileContents.builtIn)agents/\($0)" }

  /// The bytes of a file: of one inside the program or in the model store by its name, of others as they are on disk.
  @Sendable package static func contents(_ path: String) throws(SystemFault) -> [UInt8]? {
    if path.hasPrefix(AgentShelf.prefix) {
      guard let place = AgentShelf.current.place(of: path) else { return nil }
      return try FileContents.read(place)
    }
    guard path.hasPrefix(FileContents.builtIn) else { return try FileContents.read(path) }
    return ShippedAgentFiles.base64[String(path.dropFirst(FileContents.builtIn.count))]
      .flatMap { Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }.map(Array.init)
  }
}
