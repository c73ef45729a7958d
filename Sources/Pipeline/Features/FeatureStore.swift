import Digests
import Documents
import Foundation
import Lab

/// The feature sets of a dataset, `data/features/NAME/SET/vN.csv` with a manifest beside each.
///
/// A version is never changed. The same columns of the same bars by the same program are the same version, and are not
/// computed twice while its files are as they were written; anything else is the next one.
package struct FeatureStore: Sendable {
  /// How a set came to be there that was asked for.
  package enum Origin: Sendable, Hashable {
    /// It was there already, as it was written.
    case known
    /// It was computed now.
    case made
    /// It was computed again, since what was there was not whole any more; why, in a sentence.
    case remade(String)
  }

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

  /// What is wrong with the files of a version, each in a sentence; none where all are as they were written.
  ///
  /// - Throws: what the system refused.
  package func faults(of version: FeatureVersion) throws(StoreProblem) -> [String] {
    var faults: [String] = []
    for file in version.files {
      if let fault = try DataFolder.fault(of: "\(path)/\(version.set)/\(file.name)", sha256: file.sha256) {
        faults.append(fault)
      }
    }
    return faults
  }

  /// A set that is asked for: the version that holds it, or the next one, computed now. A version whose files are gone or
  /// damaged is computed again.
  ///
  /// - Parameters:
  ///   - set: its name; a word as in `DatasetName`.
  ///   - madeFrom: SHA-256 of the bars.
  ///   - format: the file's ending.
  ///   - write: writes the file to the path that it gets, all at once, and what else belongs to it beside it.
  /// - Returns: the version, and how it came to be there.
  /// - Throws: a `Refusal` where another process makes one at this moment; `StoreProblem`.
  package func version(
    of set: String, columns: [String], rows: Int, madeFrom: String, format: String, tool: String,
    write: (_ path: String) throws -> Void
  ) throws -> (version: FeatureVersion, origin: Origin) {
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
    let held = known.first { $0.answers(columns, madeFrom: madeFrom, format: format, tool: tool) }
    let faults = try held.map { version throws(StoreProblem) in try self.faults(of: version) } ?? []
    if let held, faults.isEmpty { return (held, .known) }
    let number = held?.number ?? (known.last?.number ?? 0) + 1
    let file = "v\(number).\(format)"
    let sides = FeatureSideFile.allCases.map { "v\(number).\($0.rawValue)" }
    // What stands there is of a process that was killed, or of the version that is made again.
    for side in sides { try? FileManager.default.removeItem(atPath: "\(place)/\(side)") }
    try write("\(place)/\(file)")
    guard let main = try Self.hashed(file, in: place) else {
      throw StoreProblem("\(place)/\(file) is gone", .damaged)
    }
    var beside: [HashedFile] = []
    for side in sides { if let hashed = try Self.hashed(side, in: place) { beside.append(hashed) } }
    let version = FeatureVersion(
      set: set, number: number, columns: columns, rows: rows, madeFrom: madeFrom, format: format, file: file,
      sha256: main.sha256, beside: beside, tool: tool)
    try DataFolder.write(Data(version.text.utf8), to: "\(place)/v\(number).json")
    guard let held else { return (version, .made) }
    let isSame = version.sha256 == held.sha256 ? "" : ", with other bytes than before"
    return (version, .remade("\(faults.joined(separator: "; "))\(isSame)"))
  }

  private static func hashed(_ name: String, in place: String) throws(StoreProblem) -> HashedFile? {
    try DataFolder.read("\(place)/\(name)").map { HashedFile(name: name, sha256: Digest.sha256($0)) }
  }
}
