import Digests
import Documents
import Foundation
import Glibc
import Lab

/// The folder of market data, `data` unless said otherwise.
///
/// `raw/NAME` has what came, never changed, with a manifest; `processed/NAME.csv` the same bars on one clock in one schema,
/// with what was found in them; `features/NAME/SET` feature sets by version. `index.sqlite` lists them, and is made again
/// from the manifests wherever it is not there.
package struct DataFolder: Sendable {
  /// Where it lies.
  package let path: String

  /// A folder, which need not exist.
  package init(_ path: String) { self.path = path }

  /// The folder that a command works in: the one that was named, else the one that `STRESSLAB_DATA` names, else `data`.
  package static func chosen(_ named: String?) throws(Refusal) -> DataFolder {
    if let named {
      guard !named.isEmpty else { throw Refusal("--data needs the name of a folder") }
      return DataFolder(named)
    }
    return DataFolder(FileContents.dataFolder)
  }

  /// Where a dataset's raw files lie.
  package func raw(_ name: DatasetName) -> String { "\(path)/raw/\(name)" }
  /// The bars of a dataset on one clock.
  package func processed(_ name: DatasetName) -> String { "\(path)/processed/\(name).csv" }
  /// What was found in them, and what they were made from.
  package func processedManifest(_ name: DatasetName) -> String { "\(path)/processed/\(name).json" }
  /// Where the versions of a feature set lie.
  package func features(_ name: DatasetName, _ set: String) -> String { "\(path)/features/\(name)/\(set)" }
  /// The list of all that is in it.
  package var index: String { "\(path)/index.sqlite" }

  /// The names of all datasets that have raw files, in order.
  ///
  /// - Throws: a folder that can't be read.
  package func datasets() throws(StoreProblem) -> [DatasetName] {
    try manifests(below: "\(path)/raw").compactMap { DatasetName($0) }.sorted()
  }

  /// The folders below another that hold a manifest, by their paths from there.
  private func manifests(below folder: String, _ inside: String = "") throws(StoreProblem) -> [String] {
    var found: [String] = []
    for name in try Self.entries(of: folder + inside) {
      let place = inside + "/" + name
      if name == RawManifest.fileName, !inside.isEmpty { found.append(String(inside.dropFirst())) }
      if Self.isFolder(folder + place) { found += try manifests(below: folder, place) }
    }
    return found
  }

  /// The names in a folder in order; none where there is no folder.
  static func entries(of folder: String) throws(StoreProblem) -> [String] {
    guard let listing = opendir(folder) else {
      if errno == ENOENT { return [] }
      throw StoreProblem("\(folder) cannot be read", SystemFault(errno: errno))
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether a path is a folder; links are not followed, so that no search leaves the data folder or goes in circles.
  static func isFolder(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder and those above it.
  static func make(_ folder: String) throws(StoreProblem) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreProblem(
        "\(folder) cannot be made a folder", SystemFault(error) ?? .other(SystemFault.words(of: error)))
    }
  }

  /// Writes a file all at once, in a folder that is made where there is none.
  static func write(_ bytes: some ContiguousBytes, to path: String) throws(StoreProblem) {
    try make(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
    do throws(WholeFile.Failure) {
      try WholeFile.write(bytes, to: path)
    } catch {
      throw StoreProblem("\(path) cannot be written", error.fault)
    }
  }

  /// What a file holds; nil where there is none.
  ///
  /// - Throws: what the system refused: one that is there and may not be read is not gone.
  static func read(_ path: String) throws(StoreProblem) -> [UInt8]? {
    do throws(SystemFault) {
      if let bytes = try FileContents.read(path) { return bytes }
    } catch {
      throw StoreProblem("\(path) cannot be read", error)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT, errno != ENOTDIR else { return nil }
      throw StoreProblem("\(path) cannot be read", SystemFault(errno: errno))
    }
    close(descriptor)
    return nil
  }

  /// What is wrong with a file that has a SHA-256 on record, in a sentence; nil for nothing.
  static func fault(of path: String, sha256: String) throws(StoreProblem) -> String? {
    guard let bytes = try read(path) else { return "\(path) is gone" }
    return Digest.sha256(bytes) == sha256 ? nil : "\(path) is not what was written: its SHA-256 is another one"
  }

  /// A manifest; nil where there is no such file.
  ///
  /// - Throws: `.damaged` for one that is none, with its places; what the system refused.
  static func manifest<Value>(_ path: String, by form: Form<Value>) throws(StoreProblem) -> Value? {
    guard let bytes = try read(path) else { return nil }
    do throws(Problems) {
      return try form.read(DocumentLoader().load(bytes, file: path))
    } catch {
      throw StoreProblem("\(path) is damaged: \(error)", error.areOfTheSystem ? .system : .damaged)
    }
  }
}
