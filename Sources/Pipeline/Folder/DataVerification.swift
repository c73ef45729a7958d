import Documents
import Foundation
import Lab

/// Whether the data folder is what its manifests say: every file by its SHA-256, processed bars by their raw files,
/// features by their bars.
package struct DataVerification: Sendable, Hashable {
  /// Files that were looked at and are as they were written.
  package private(set) var whole = 0
  /// What is wrong, each in a sentence.
  package private(set) var faults: [String] = []
  /// What is whole but behind what it was made from, each in a sentence with what to do.
  package private(set) var stale: [String] = []

  /// Looks at some datasets of a folder.
  ///
  /// - Throws: what the system refused; what is damaged is no error here, but what was asked for.
  package init(_ folder: DataFolder, _ names: [DatasetName]) throws(StoreProblem) {
    for name in names {
      do throws(StoreProblem) {
        try look(at: name, folder)
      } catch {
        guard error.kind == .damaged else { throw error }
        faults.append(error.description)
      }
    }
  }

  private mutating func look(at name: DatasetName, _ folder: DataFolder) throws(StoreProblem) {
    guard let entry = try DataEntry(name, in: folder), let raw = try RawDataset.manifest(of: name, in: folder) else {
      return
    }
    for file in raw.files {
      do throws(StoreProblem) {
        _ = try RawDataset.bytes(of: file, name, in: folder)
        whole += 1
      } catch {
        guard error.kind == .damaged else { throw error }
        faults.append(error.description)
      }
    }
    if let processed = entry.processed {
      try check(folder.processed(name), is: processed.sha256)
      if !entry.isCurrent {
        stale.append(
          "\(name): its bars were made from other raw files; stresslab data process \(name) makes them again")
      }
    } else {
      stale.append("\(name): no bars were made of its raw files yet; stresslab data process \(name) does")
    }
    let store = FeatureStore(folder, name)
    for version in entry.features {
      let found = try store.faults(of: version)
      whole += version.files.count - found.count
      faults += found
    }
    guard entry.processed != nil else { return }
    // Versions of earlier bars are there for those who computed with them; the last one of a set is what somebody takes.
    let latest = Dictionary(entry.features.map { ($0.set, $0) }, uniquingKeysWith: { $0.number > $1.number ? $0 : $1 })
    for version in latest.values.sorted(by: { $0.set < $1.set }) where !entry.isCurrent(version) {
      stale.append(
        "\(name): features \(version.set) v\(version.number) were made from other bars; stresslab features "
          + "\(FileContents.dataPrefix)\(name) --as \(version.set) makes the next version")
    }
  }

  private mutating func check(_ path: String, is sha256: String) throws(StoreProblem) {
    if let fault = try DataFolder.fault(of: path, sha256: sha256) { faults.append(fault) } else { whole += 1 }
  }
}
