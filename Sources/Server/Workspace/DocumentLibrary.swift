import Digests
import Documents
import Foundation
import HTTPTypes
import Threads
import Training

/// The documents of the workspace: what they are, their texts, and the versions that were saved here.
package final class DocumentLibrary: Sendable {
  /// A document in a list.
  package struct Entry: Sendable, Hashable {
    /// Its file.
    package let name: WorkspaceName
    /// Its kind; nil for what cannot be read as a document.
    package let kind: DocumentKind?
    /// What it calls itself; else its file's name.
    package let title: String
    /// What it says of itself, in a sentence or two.
    package let description: String
    /// Its folder beneath `scenarios`: empty for those on top.
    package let family: String
    /// SHA-256 of its bytes.
    package let digest: String
  }

  private let workspace: Workspace
  private let versions: VersionArchive
  private let known = Locked<[WorkspaceName: (stamp: FileStamp, entry: Entry)]>([:])
  private let saving = Locked(())

  /// Bytes of a document at most.
  package static let mostBytes = 1 << 20
  /// Folders beneath `scenarios` that hold no documents to run.
  private static let apart: Set<String> = ["schema", "templates"]

  /// The documents of a workspace.
  package init(_ workspace: Workspace) {
    self.workspace = workspace
    versions = VersionArchive(workspace)
  }

  /// All documents, in the order of their names. Files that have not changed are not read again.
  package func entries() throws(SystemFault) -> [Entry] {
    var entries: [Entry] = []
    for name in workspace.files(in: Workspace.scenarios, endingIn: ".json")
    where name.words.count < 3 || !Self.apart.contains(name.words[1]) {
      if let entry = try entry(name) { entries.append(entry) }
    }
    let names = Set(entries.map(\.name))
    known.withLock { known in known = known.filter { names.contains($0.key) } }
    return entries
  }

  /// A document's entry; nil where there is none.
  package func entry(_ name: WorkspaceName) throws(SystemFault) -> Entry? {
    guard let stamp = workspace.stamp(of: name) else { return nil }
    if let kept = known.withLock({ $0[name] }), kept.stamp == stamp { return kept.entry }
    guard let bytes = try workspace.read(name, most: Self.mostBytes) else { return nil }
    let entry = Entry(name, bytes)
    known.withLock { $0[name] = (stamp, entry) }
    return entry
  }

  /// A document's bytes; nil where there is none.
  package func bytes(of name: WorkspaceName) throws(SystemFault) -> [UInt8]? {
    try workspace.read(name, most: Self.mostBytes)
  }

  /// Puts a text in a document's place, and keeps the one before and itself as versions.
  ///
  /// - Parameter isExpected: sees the digest of what is there (nil for nothing), and says whether that may be replaced.
  /// - Returns: the document, and whether it is new.
  /// - Throws: a `Failure` where the name is no document's, something else is there than was expected, or the system fails.
  package func save(
    _ text: [UInt8], as name: WorkspaceName, where isExpected: (_ digest: String?) throws -> Void
  ) throws -> (entry: Entry, isNew: Bool) {
    guard Self.isDocument(name) else {
      throw Failure(
        .unprocessableContent, "refused", "documents lie in \(Workspace.scenarios), and their names end in .json")
    }
    return try saving.withLock { _ in
      let before = try workspace.read(name, most: Self.mostBytes)
      try isExpected(before.map { Digest.sha256($0) })
      if let before { try versions.keep(before, of: name) }
      try workspace.write(text, to: name)
      try versions.keep(text, of: name)
      return (Entry(name, text), before == nil)
    }
  }

  /// The versions of a document that were saved here, oldest first.
  package func savedVersions(of name: WorkspaceName) -> [VersionArchive.Version] { versions.versions(of: name) }

  /// The text of a version; nil where there is none.
  package func version(_ number: Int, of name: WorkspaceName) throws(SystemFault) -> [UInt8]? {
    try versions.bytes(number, of: name)
  }

  /// Whether documents may have a name.
  package static func isDocument(_ name: WorkspaceName) -> Bool {
    name.isWithin(Workspace.scenarios) && name.last.hasSuffix(".json") && name.last.utf8.count > 5
  }
}

extension DocumentLibrary.Entry {
  /// What a file says that it is.
  init(_ name: WorkspaceName, _ bytes: [UInt8]) {
    let root = try? DocumentParser.parse(bytes, file: "\(name)").root
    let format = root?["stresslab"]?.string ?? ""
    self.name = name
    kind = DocumentKind.allCases.first { format.hasPrefix("\($0.rawValue)/") }
    title = root?["title"]?.string ?? String(name.last.dropLast(5))
    description = root?["description"]?.string ?? ""
    family = name.words.dropFirst().dropLast().joined(separator: "/")
    digest = Digest.sha256(bytes)
  }

  /// In a list.
  var json: JSONValue {
    [
      "name": .string("\(name)"), "kind": kind.map { .string($0.rawValue) } ?? .null, "title": .string(title),
      "description": .string(description), "family": .string(family), "digest": .string(digest),
    ]
  }
}
