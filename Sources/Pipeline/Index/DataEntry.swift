import Documents
import Lab

/// A dataset as it is listed, from its manifests.
package struct DataEntry: Sendable, Hashable {
  /// Its name.
  package let name: String
  /// Where it came from, in words.
  package let source: String
  /// Rows of its raw files, where they are known.
  package let rawRows: Int?
  /// Bytes of its raw files.
  package let rawBytes: Int
  /// Its raw files in the order of time.
  package let rawFiles: [RawFile]
  /// The digest of its raw files.
  package let rawDigest: String
  /// What was made of it; nil where nothing has been yet.
  package let processed: ProcessedManifest?
  /// Its feature sets.
  package let features: [FeatureVersion]

  /// Whether its processed bars were made from the raw files that lie here now.
  package var isCurrent: Bool { processed?.madeFrom == rawDigest }

  /// Whether a version of its features was made of the bars that lie here now.
  package func isCurrent(_ version: FeatureVersion) -> Bool { version.madeFrom == processed?.sha256 }

  /// A dataset in a folder; nil where there is none of that name.
  ///
  /// - Throws: a manifest that is damaged, or the system.
  package init?(_ name: DatasetName, in folder: DataFolder) throws(StoreProblem) {
    guard let raw = try RawDataset.manifest(of: name, in: folder) else { return nil }
    self.name = name.description
    source = raw.origin?.words ?? "file \(raw.imported ?? raw.files.first?.name ?? "")"
    rawRows = raw.rows
    rawFiles = raw.files
    rawBytes = raw.files.reduce(0) { $0 + $1.bytes }
    rawDigest = raw.digest
    processed = try DataFolder.manifest(folder.processedManifest(name), by: ProcessedManifest.form)
    features = try FeatureStore(folder, name).versions()
  }
}
