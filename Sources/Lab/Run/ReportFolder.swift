import Documents
import Foundation
import Glibc

/// The folder of a run: what lies in it, and who may write to it.
package struct ReportFolder: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  package var store: String { path + "/results.sqlite" }
  package var summary: String { path + "/summary.json" }
  package var manifest: String { path + "/manifest.json" }
  package var page: String { path + "/index.html" }
  package var charts: String { path + "/charts" }

  /// What SQLite puts beside the store.
  static let journals = ["results.sqlite-wal", "results.sqlite-shm", "results.sqlite-journal"]

  /// Everything that a run puts here beside its charts; `--overwrite` removes these and nothing else, in this order: whoever
  /// is killed in between leaves a store that can still be taken up.
  static let contents =
    ["index.html", ChartList.name, "summary.json", "manifest.json", StoreSeal.name] + journals + ["results.sqlite"]

  /// Makes the folder where there is none, and keeps other runs out of it, in this process and in others.
  ///
  /// - Returns: a file descriptor, for `unlock`.
  /// - Throws: `.refused` when another run is writing there, or when something else has the folder's name.
  package func makeAndLock() throws(RunProblem) -> Int32 {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part
      // What is there already is seen when it is opened.
      guard mkdir(made, 0o777) == 0 || [EEXIST, EISDIR].contains(errno) || isDirectory(made) else {
        guard errno != ENOTDIR else { break }
        guard ![ENAMETOOLONG, ELOOP, EINVAL].contains(errno) else {
          throw .refused(Refusal("\(path) cannot be made a folder: \(SystemFault(errno: errno))"))
        }
        throw .store(StoreProblem("\(path) cannot be made a folder", SystemFault(errno: errno)))
      }
      made += "/"
    }
    return try lock()
  }

  /// Keeps others out of a folder that is there, likewise.
  func lock() throws(RunProblem) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard ![ENOTDIR, ENOENT].contains(errno) else { throw .refused(Refusal("\(path) is no folder")) }
      throw .store(StoreProblem("\(path) cannot be opened", SystemFault(errno: errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let fault = errno
      close(descriptor)
      guard fault != EWOULDBLOCK else { throw .refused(Refusal("\(path) is being written to by another run")) }
      throw .store(StoreProblem("\(path) cannot be locked", SystemFault(errno: fault)))
    }
    return descriptor
  }

  /// Lets others into the folder again. Closing the descriptor alone would not, while a process that was forked in the
  /// meantime still has it.
  package static func unlock(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private func isDirectory(_ path: String) -> Bool {
    let fault = errno
    defer { errno = fault }
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes the folder ready for a run, and opens its store; the folder exists and is locked.
  ///
  /// - Parameters:
  ///   - context: what the run is.
  ///   - paths: what this command asks for; with an earlier run's paths, it has to be one range.
  ///   - resume: take up the same run where it stopped.
  ///   - overwrite: remove another run.
  /// - Throws: `.refused` when the folder holds something that must not be touched, `.store` when its store is damaged or
  ///   the system fails.
  func begin(_ context: RunContext, paths: Range<Int64>, resume: Bool, overwrite: Bool) throws(RunProblem)
    -> ResultsStore
  {
    try RunProblem.atStore(refuseLinks)
    try RunProblem.atStore(removeParts)
    switch try RunProblem.atStore({ () throws(StoreProblem) in try occupant(context) }) {
    case .nobody: break
    case .sameRun where resume: return try takeUp(paths)
    case .somebodyElse:
      throw .refused(Refusal("\(store) is a database of something else: choose another folder with --out"))
    case _ where overwrite: try RunProblem.atStore(removeRun)
    case .sameRun:
      throw .refused(
        Refusal("\(path) holds this run already: add --resume to go on with it, or --overwrite to begin again"))
    case .anotherRun(let differences):
      throw .refused(
        Refusal(
          "\(path) holds another run (\(differences.joined(separator: "; "))): choose another folder with --out, or add "
            + "--overwrite to replace it"))
    case .otherVersion(let problem):
      throw .refused(Refusal("\(problem): choose another folder with --out, or add --overwrite to replace it"))
    case .damaged(let problem):
      throw .store(StoreProblem("\(problem). --overwrite begins again", .damaged))
    }
    return try RunProblem.atStore { () throws(StoreProblem) in
      try ResultsStore.create(at: store, context, paths: paths)
    }
  }

  /// Whose the folder is.
  private enum Occupant {
    case nobody
    case sameRun
    /// In what it is another one, in words.
    case anotherRun([String])
    /// Under the name of a store lies a database that is none.
    case somebodyElse
    /// What wrote the store is not this version.
    case otherVersion(StoreProblem)
    case damaged(StoreProblem)
  }

  /// Looks who has the folder; a store without any table, which a process leaves that was killed in its first moment, is
  /// removed.
  ///
  /// - Throws: `.unfit` for files that are not a run's, which nothing removes; `.system`.
  private func occupant(_ context: RunContext) throws(StoreProblem) -> Occupant {
    let names = try entries(of: path)
    guard !names.isEmpty else { return .nobody }
    guard names.contains("results.sqlite") else {
      guard names.contains("manifest.json") else {
        throw StoreProblem("\(path) holds files that are not a run's: choose another folder with --out", .unfit)
      }
      return .anotherRun(["its results.sqlite is gone"])
    }
    do throws(StoreProblem) {
      switch try ResultsStore.contents(at: store) {
      case .nothing:
        // A run that has ended had a store with something in it.
        if let ended = ["manifest.json", "summary.json", "index.html"].first(where: names.contains) {
          throw StoreProblem.damaged(store, "it is empty, and \(ended) is of a run that has ended")
        }
        try remove(Self.journals + ["results.sqlite"])
        return .nobody
      case .other: return .somebodyElse
      case .results: break
      }
      let store = try ResultsStore.open(at: store, columns: StoredColumn.outcomes, for: .reading)
      try store.verifyMeta()
      let isSame = try store.meta("fingerprint") == context.fingerprint
      let differences = isSame ? [] : context.differences(from: try store.context())
      try store.closeAsItIs()
      return isSame ? .sameRun : .anotherRun(differences)
    } catch {
      switch error.kind {
      case .damaged: return .damaged(error)
      case .unfit: return .otherVersion(error)
      case .system, .fault: throw error
      }
    }
  }

  private func takeUp(_ paths: Range<Int64>) throws(RunProblem) -> ResultsStore {
    let earlier = try RunProblem.atStore { () throws(StoreProblem) in
      let store = try ResultsStore.open(at: store, columns: StoredColumn.outcomes, for: .reading)
      do throws(StoreProblem) { try store.verify() } catch {
        throw error.kind == .damaged ? StoreProblem("\(error). --overwrite begins again", .damaged) : error
      }
      let earlier = try store.wantedPaths() ?? paths
      try store.closeAsItIs()
      return earlier
    }
    guard paths.lowerBound <= earlier.upperBound, earlier.lowerBound <= paths.upperBound else {
      throw .refused(
        Refusal(
          "\(path) holds the paths \(earlier.lowerBound)…\(earlier.upperBound - 1); "
            + "\(paths.lowerBound)…\(paths.upperBound - 1) would leave a gap"))
    }
    return try RunProblem.atStore { () throws(StoreProblem) in
      let store = try ResultsStore.open(at: store, columns: StoredColumn.outcomes)
      try store.beginWriting()
      try store.want(min(paths.lowerBound, earlier.lowerBound)..<max(paths.upperBound, earlier.upperBound))
      return store
    }
  }
}

extension ReportFolder {
  /// The summary of a finished run, made again from its store on all cores.
  ///
  /// - Throws: `.refused` for a folder without a store; `.store` for one that is damaged, of another version, or not
  ///   finished, and where the system fails.
  package func readSummary() throws(RunProblem) -> Summary {
    guard FileManager.default.fileExists(atPath: store) else {
      throw .refused(Refusal("\(path) holds no run: there is no results.sqlite"))
    }
    return try RunProblem.atStore { () throws(StoreProblem) in
      try refuseLinks()
      if case .nothing = try ResultsStore.contents(at: store) { throw .damaged(store, "it is empty") }
      let store = try ResultsStore.open(at: store, columns: StoredColumn.outcomes, for: .reading)
      try store.verify()
      let summary = try Summary(store, threads: ProcessInfo.processInfo.activeProcessorCount)
      try store.closeAsItIs()
      return summary
    }
  }
}
