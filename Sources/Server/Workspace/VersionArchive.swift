import Digests
import Documents
import Foundation
import Glibc

/// The versions of documents that were saved through the server: `.stresslab/versions/NAME/NUMBER.json`, never changed.
package struct VersionArchive: Sendable {
  /// A version.
  package struct Version: Sendable, Hashable {
    /// From 1.
    package let number: Int
    /// When it was saved, in seconds since 1970.
    package let time: Int
    /// Its bytes.
    package let size: Int
  }

  private let root: String

  init(_ workspace: Workspace) { root = "\(workspace.path)/\(Workspace.own)/versions" }

  /// Keeps a text as the newest version, unless the newest is that text.
  func keep(_ bytes: [UInt8], of name: WorkspaceName) throws {
    let last = versions(of: name).last?.number ?? 0
    if last > 0, try self.bytes(last, of: name) == bytes { return }
    try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
    try WholeFile.write(Data(bytes), to: file(last + 1, of: name))
  }

  /// The versions of a document, oldest first.
  func versions(of name: WorkspaceName) -> [Version] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(name)")) ?? []
    return files.compactMap { file in
      var information = stat()
      guard file.hasSuffix(".json"), let number = Int(file.dropLast(5)),
        stat(self.file(number, of: name), &information) == 0
      else { return nil }
      return Version(number: number, time: information.st_mtim.tv_sec, size: Int(information.st_size))
    }.sorted { $0.number < $1.number }
  }

  /// The text of a version; nil where there is none.
  func bytes(_ number: Int, of name: WorkspaceName) throws(SystemFault) -> [UInt8]? {
    try FileContents.read(file(number, of: name))
  }

  private func file(_ number: Int, of name: WorkspaceName) -> String { "\(root)/\(name)/\(number).json" }
}
