import Documents
import Lab

extension DataFolder {
  /// The processed file of a dataset, as it was written; nil where there is none.
  ///
  /// - Throws: that it is not what its manifest says, or what the system refused.
  package func bars(of name: DatasetName) throws(StoreProblem) -> [UInt8]? {
    let place = processed(name)
    let found = try StoredBars.bytes(
      of: "\(name)", at: place, bars: { () throws(StoreProblem) in try Self.read(place) },
      manifest: { () throws(StoreProblem) in try Self.read(processedManifest(name)) })
    switch found {
    case .success(let bytes): return bytes
    case .failure(let mismatch): throw StoreProblem(mismatch.description, .damaged)
    }
  }

  /// What somebody has to know who computes from files, each in a sentence: of those that are bars of this folder what the checks
  /// found in them, and whether their raw files are others by now.
  ///
  /// - Parameter files: paths as they were given or stand in documents.
  package func warnings(of files: [String]) -> [String] {
    var seen: Set<String> = []
    return files.filter { $0.hasPrefix(FileContents.dataPrefix) && seen.insert($0).inserted }.flatMap { file in
      guard let name = DatasetName(String(file.dropFirst(FileContents.dataPrefix.count))) else { return [String]() }
      do throws(StoreProblem) {
        return try warnings(of: name).map { "\(file): \($0)" }
      } catch {
        return ["\(file): \(error)"]
      }
    }
  }

  private func warnings(of name: DatasetName) throws(StoreProblem) -> [String] {
    guard let bars = try Self.manifest(processedManifest(name), by: ProcessedManifest.form) else {
      return ["nothing says what was written, as \(processedManifest(name)) is not there"]
    }
    var warnings: [String] = []
    if let findings = bars.findings, findings.total > 0 {
      warnings.append("\(findings.words); stresslab data check \(FileContents.dataPrefix)\(name) tells them")
    }
    if let raw = try RawDataset.manifest(of: name, in: self), raw.digest != bars.madeFrom {
      warnings.append("the bars are behind their raw files; stresslab data process \(name) makes them again")
    }
    return warnings
  }
}
