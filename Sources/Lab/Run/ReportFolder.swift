import Foundation
import Glibc

/// The folder of a run: what lies in it, and who may write to it.
package struct ReportFolder: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  package var store: String { path + "/results.sqlite" }
  package var summary: String { path + "/summary.json" }
  package var manifest: String { path + "/manifest.json" }

  /// Everything that a run puts here; `--overwrite` removes these and nothing else.
  private static let contents = [
    "results.sqlite", "results.sqlite-wal", "results.sqlite-shm", "results.sqlite-journal", "summary.json",
    "manifest.json", "index.html",
  ]

  /// Makes the folder where there is none, and keeps other runs out of it, in this process and in others.
  ///
  /// - Returns: a file descriptor; the folder is free again when it is closed.
  /// - Throws: `Refusal` when another run is writing there, or when no folder can be made.
  func lock() throws(Refusal) -> Int32 {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Refusal("\(path) cannot be made a folder: \(SystemWords.text(of: error))")
    }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw Refusal("\(path) is being written to by another run")
    }
    return descriptor
  }

  /// Makes the folder ready for a run, and opens its store; the folder exists and is locked.
  ///
  /// - Parameters:
  ///   - context: what the run is.
  ///   - paths: what this command asks for; with an earlier run's paths, it has to be one range.
  ///   - resume: take up the same run where it stopped.
  ///   - overwrite: remove another run.
  /// - Throws: `.refused` when the folder holds something that must not be touched.
  func begin(_ context: RunContext, paths: Range<Int64>, resume: Bool, overwrite: Bool) throws(RunProblem)
    -> ResultsStore
  {
    let fingerprint = try RunProblem.atStore { () throws(StoreProblem) in try context.fingerprint }
    if try RunProblem.atStore(isOccupied) {
      if resume || !overwrite,
        let store = try RunProblem.atStore({ () throws(StoreProblem) in try holding(fingerprint) })
      {
        guard resume else {
          try RunProblem.atStore(store.closeAsItIs)
          throw .refused(
            Refusal("\(path) holds this run already: add --resume to go on with it, or --overwrite to begin again"))
        }
        return try takeUp(store, paths: paths)
      }
      guard FileManager.default.fileExists(atPath: store) || FileManager.default.fileExists(atPath: manifest) else {
        throw .refused(Refusal("\(path) holds files that are not a run's: choose another folder with --out"))
      }
      guard overwrite else {
        throw .refused(
          Refusal("\(path) holds another run: choose another folder with --out, or add --overwrite to replace it"))
      }
      try RunProblem.atStore(removeRun)
    }
    return try RunProblem.atStore { () throws(StoreProblem) in
      let store = try ResultsStore.create(at: store, columns: StoredColumn.outcomes)
      try store.begin(context, fingerprint: fingerprint)
      try store.want(paths)
      return store
    }
  }

  /// The store that lies here, when it can be read and is of the run with this fingerprint.
  private func holding(_ fingerprint: String) throws(StoreProblem) -> ResultsStore? {
    guard let store = try? ResultsStore.open(at: store, columns: StoredColumn.outcomes),
      try store.meta("fingerprint") == fingerprint
    else { return nil }
    return store
  }

  /// Removes what a run has put here: nothing else, in `charts` neither.
  private func removeRun() throws(StoreProblem) {
    let charts = path + "/charts"
    let drawn = (try? FileManager.default.contentsOfDirectory(atPath: charts)) ?? []
    let files = Self.contents + drawn.filter { $0.hasSuffix(".svg") }.map { "charts/" + $0 }
    for name in files where FileManager.default.fileExists(atPath: path + "/" + name) {
      try StoreProblem.wrapping("\(path)/\(name) cannot be removed") {
        try FileManager.default.removeItem(atPath: path + "/" + name)
      }
    }
  }

  private func takeUp(_ store: ResultsStore, paths: Range<Int64>) throws(RunProblem) -> ResultsStore {
    let earlier = try RunProblem.atStore(store.wantedPaths) ?? paths
    guard paths.lowerBound <= earlier.upperBound, earlier.lowerBound <= paths.upperBound else {
      throw .refused(
        Refusal(
          "\(path) holds the paths \(earlier.lowerBound)…\(earlier.upperBound - 1); "
            + "\(paths.lowerBound)…\(paths.upperBound - 1) would leave a gap"))
    }
    return try RunProblem.atStore { () throws(StoreProblem) in
      try store.beginWriting()
      try store.want(min(paths.lowerBound, earlier.lowerBound)..<max(paths.upperBound, earlier.upperBound))
      return store
    }
  }

  /// Whether the folder holds anything.
  private func isOccupied() throws(StoreProblem) -> Bool {
    try StoreProblem.wrapping("\(path) cannot be read") {
      try !FileManager.default.contentsOfDirectory(atPath: path).isEmpty
    }
  }

  /// Replaces a file in one go, so that nobody ever reads half of it.
  static func write(_ data: Data, to path: String) throws(StoreProblem) {
    try StoreProblem.wrapping("\(path) cannot be written") {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }
  }
}

extension ReportFolder {
  /// The summary of a finished run, made again from its store on all cores.
  ///
  /// - Throws: `Refusal` for a folder without a store, and for a store that is damaged, of another version, or not
  ///   finished.
  package func readSummary() throws(Refusal) -> Summary {
    guard FileManager.default.fileExists(atPath: store) else {
      throw Refusal("\(path) holds no run: there is no results.sqlite")
    }
    do throws(StoreProblem) {
      let store = try ResultsStore.open(at: store, columns: StoredColumn.outcomes)
      if let digest = try store.meta("digest"), digest != (try store.digest()) {
        throw StoreProblem("\(path) is damaged: its outcomes are not those that the run has counted")
      }
      let summary = try Summary(store, threads: ProcessInfo.processInfo.activeProcessorCount)
      try store.closeAsItIs()
      return summary
    } catch {
      throw Refusal(error.description)
    }
  }
}
