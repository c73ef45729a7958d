import Digests
import Documents
import Foundation
import Glibc
import Lab

/// The raw files of a dataset, kept from other writers while this value is held.
package final class RawDataset {
  /// The data folder.
  package let folder: DataFolder
  /// Its name.
  package let name: DatasetName
  /// What it holds; nil where nothing is in it yet.
  package private(set) var manifest: RawManifest?
  private let lock: Int32

  /// Where its files lie.
  package var path: String { folder.raw(name) }
  private var manifestPath: String { "\(path)/\(RawManifest.fileName)" }

  /// Opens a dataset for writing; its folder is made where there is none. What an earlier writer left that was killed is
  /// removed: files that no manifest names.
  ///
  /// - Throws: a `Refusal` where another writer has it; `StoreProblem` where its manifest is damaged or the system fails.
  package init(_ folder: DataFolder, _ name: DatasetName) throws {
    self.folder = folder
    self.name = name
    do throws(RunProblem) {
      lock = try ReportFolder(folder.raw(name)).makeAndLock()
    } catch {
      switch error {
      case .refused(let refusal):
        guard refusal.description.hasSuffix("is being written to by another run") else { throw refusal }
        throw Refusal("the dataset \(name) is being written to by another process")
      case .store(let problem): throw problem
      }
    }
    manifest = try Self.manifest(of: name, in: folder)
    try removeOrphans()
  }

  deinit { ReportFolder.unlock(lock) }

  /// What a dataset holds; nil where there is none of that name.
  ///
  /// - Throws: `.damaged` for a manifest that is none.
  package static func manifest(of name: DatasetName, in folder: DataFolder) throws(StoreProblem) -> RawManifest? {
    try DataFolder.manifest("\(folder.raw(name))/\(RawManifest.fileName)", by: RawManifest.form)
  }

  /// The bytes of a raw file.
  ///
  /// - Throws: that it is gone, or is not what the manifest says.
  package static func bytes(
    of file: RawFile, _ name: DatasetName, in folder: DataFolder
  ) throws(StoreProblem) -> [UInt8] {
    let path = "\(folder.raw(name))/\(file.name)"
    guard let bytes = try DataFolder.read(path) else { throw StoreProblem("\(path) is gone", .damaged) }
    guard Digest.sha256(bytes) == file.sha256 else {
      throw StoreProblem("\(path) is not what was written: its SHA-256 is another one", .damaged)
    }
    return bytes
  }

  /// The raw bars of a dataset as one file: that which was imported, or all candles below one header.
  ///
  /// - Throws: that a file is gone, or is not what the manifest says.
  package static func bytes(
    of name: DatasetName, _ manifest: RawManifest, in folder: DataFolder
  ) throws(StoreProblem) -> [UInt8] {
    guard manifest.origin != nil else { return try bytes(of: manifest.files[0], name, in: folder) }
    var all = Array(Candle.header.utf8)
    for file in manifest.files { all += try bytes(of: file, name, in: folder).dropFirst(Candle.header.utf8.count) }
    return all
  }

  /// Writes a file, named by what it holds; the manifest does not know of it yet.
  ///
  /// - Parameters:
  ///   - stem: the beginning of its name.
  ///   - ending: the end of it, such as `csv`.
  ///   - now: milliseconds since 1970-01-01 UTC.
  func write(_ bytes: [UInt8], stem: String, ending: String, rows: Int?, now: Int64) throws(StoreProblem) -> RawFile {
    let digest = Digest.sha256(bytes)
    let file = RawFile(
      name: "\(stem).\(digest.prefix(12)).\(ending)", rows: rows, bytes: bytes.count, sha256: digest, written: now)
    if manifest?.files.contains(where: { $0.name == file.name }) != true {
      try DataFolder.write(bytes, to: "\(path)/\(file.name)")
    }
    return file
  }

  /// Makes the dataset what a manifest says, in one step; then files go that it no longer names.
  func become(_ new: RawManifest) throws(StoreProblem) {
    try DataFolder.write(Data(new.text.utf8), to: manifestPath)
    manifest = new
    try removeOrphans()
  }

  /// Removes files of ours that the manifest does not name; whatever else lies there stays.
  private func removeOrphans() throws(StoreProblem) {
    WholeFile.removePart(of: manifestPath)
    let known = Set(manifest?.files.map(\.name) ?? [])
    for entry in try DataFolder.entries(of: path) where !known.contains(entry) && Self.isOurs(entry) {
      guard unlink("\(path)/\(entry)") == 0 || errno == ENOENT else {
        throw StoreProblem("\(path)/\(entry) cannot be removed", SystemFault(errno: errno))
      }
    }
  }

  /// Whether a name is one that `write` gives, or a part of such a file.
  private static func isOurs(_ name: String) -> Bool {
    let whole = name.hasSuffix(WholeFile.partSuffix) ? String(name.dropLast(WholeFile.partSuffix.count)) : name
    let parts = whole.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, let digest = parts.dropLast().last else { return false }
    return digest.utf8.count == 12 && digest.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}
