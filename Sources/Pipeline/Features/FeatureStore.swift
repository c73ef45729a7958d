import Digests
import Documents
import Foundation
import Lab

/// The feature sets of a dataset, `data/features/NAME/SET/vN.csv` with a manifest beside each.
///
/// A version is never changed. The same columns of the same bars by the same program are the same version, and are not
/// computed twice; anything else is the next one.
package struct FeatureStore: Sendable {
  private let folder: DataFolder
  private let name: DatasetName

  /// The feature sets of a dataset.
  package init(_ folder: DataFolder, _ name: DatasetName) {
    self.folder = folder
    self.name = name
  }

  private var path: String { "\(folder.path)/features/\(name)" }

  /// All versions of all sets, by set and number.
  ///
  /// - Throws: a manifest that is damaged, or the system.
  package func versions() throws(StoreProblem) -> [FeatureVersion] {
    var versions: [FeatureVersion] = []
    for set in try DataFolder.entries(of: path) where DataFolder.isFolder("\(path)/\(set)") {
      versions += try self.versions(of: set)
    }
    return versions
  }

  /// The versions of a set in their order.
  package func versions(of set: String) throws(StoreProblem) -> [FeatureVersion] {
    var versions: [FeatureVersion] = []
    for file in try DataFolder.entries(of: "\(path)/\(set)") where Self.isManifest(file) {
      if let version = try DataFolder.manifest("\(path)/\(set)/\(file)", by: FeatureVersion.form) {
        versions.append(version)
      }
    }
    return versions.sorted { $0.number < $1.number }
  }

  /// Whether a name is that of a version's manifest: `v1.json`, and not `v1.columns.json`.
  private static func isManifest(_ file: String) -> Bool {
    file.hasPrefix("v") && file.hasSuffix(".json") && Int(file.dropFirst().dropLast(5)) != nil
  }

  /// Where a version's file lies.
  package func file(of version: FeatureVersion) -> String { "\(path)/\(version.set)/\(version.file)" }

  /// A set that is asked for: the version that holds it, or the next one, computed now.
  ///
  /// - Parameters:
  ///   - set: its name; a word as in `DatasetName`.
  ///   - madeFrom: SHA-256 of the bars.
  ///   - format: the file's ending.
  ///   - write: writes the file to the path that it gets, all at once, and what else belongs to it beside it.
  /// - Returns: the version, and whether it was there already.
  /// - Throws: a `Refusal` where another process makes one at this moment; `StoreProblem`.
  package func version(
    of set: String, columns: [String], rows: Int, madeFrom: String, format: String, tool: String,
    write: (_ path: String) throws -> Void
  ) throws -> (version: FeatureVersion, isKnown: Bool) {
    let place = "\(path)/\(set)"
    let lock: Int32
    do throws(RunProblem) {
      lock = try ReportFolder(place).makeAndLock()
    } catch {
      switch error {
      case .refused: throw Refusal("\(place) is being written to by another process")
      case .store(let problem): throw problem
      }
    }
    defer { ReportFolder.unlock(lock) }
    // What a process has left that was killed while it wrote; nobody else writes here now.
    for entry in try DataFolder.entries(of: place) where entry.hasPrefix("v") && entry.contains(".part-") {
      try? FileManager.default.removeItem(atPath: "\(place)/\(entry)")
    }
    let known = try versions(of: set)
    if let version = known.first(where: { $0.answers(columns, madeFrom: madeFrom, format: format, tool: tool) }) {
      return (version, true)
    }
    let number = (known.last?.number ?? 0) + 1
    let file = "v\(number).\(format)"
    try write("\(place)/\(file)")
    guard let bytes = try DataFolder.read("\(place)/\(file)") else {
      throw StoreProblem("\(place)/\(file) is gone", .damaged)
    }
    let version = FeatureVersion(
      set: set, number: number, columns: columns, rows: rows, madeFrom: madeFrom, format: format, file: file,
      sha256: Digest.sha256(bytes), tool: tool)
    try DataFolder.write(Data(version.text.utf8), to: "\(place)/v\(number).json")
    return (version, false)
  }
}
