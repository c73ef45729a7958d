import Documents
import Foundation

/// Proves a report folder: that its files are what its store gives, that its store is what the run wrote, and that the run
/// gives it again. Writes nothing.
package struct FolderVerification {
  private let folder: ReportFolder
  private let threads: Int
  private let tell: (FolderCheck) -> Void
  private var isVerified = true

  /// A file of a report as it is drawn: its name in the folder, and what it holds.
  package typealias DrawnFile = (name: String, contents: Data)

  /// Begins with nothing.
  ///
  /// - Parameter tell: hears of every check as soon as it is done.
  package init(
    _ folder: ReportFolder, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    tell: @escaping (FolderCheck) -> Void
  ) {
    self.folder = folder
    self.threads = threads
    self.tell = tell
  }

  /// Does all checks.
  ///
  /// - Parameters:
  ///   - paths: how many are simulated again; none for 0. Eight neighbours cost what one does, so their number is rounded
  ///     up to whole groups of eight.
  ///   - draw: the files of a summary's report.
  /// - Returns: whether everything was checked and found good.
  /// - Throws: `.refused` where no finished run of this version lies there; `.store` where the system fails.
  package mutating func run(paths: Int, draw: (Summary) -> [DrawnFile]) throws(RunProblem) -> Bool {
    guard (0...1_000_000_000).contains(paths) else {
      throw .refused(Refusal("--paths lies in 0…1000000000, not at \(paths)"))
    }
    try folder.refuseWithoutRun()
    let lock = try folder.lockForReading()
    defer { ReportFolder.unlock(lock) }
    try RunProblem.atStore { () throws(StoreProblem) in try checkAll(paths: paths, draw) }
    return isVerified
  }

  private mutating func note(_ check: FolderCheck) {
    if check.finding != .good { isVerified = false }
    tell(check)
  }

  private mutating func checkAll(paths: Int, _ draw: (Summary) -> [DrawnFile]) throws(StoreProblem) {
    try folder.refuseLinks()
    try folder.refuseStopped()
    let seal = try sealCheck()
    note(seal)
    guard let (store, context) = try openStore(isChanged: seal.finding == .differs) else {
      for what in ["summary.json", "manifest.json", "the report", "the paths"] {
        note(.notChecked(what, "there is nothing whole to compare with"))
      }
      return
    }
    let summary = try Summary(store, threads: threads)
    let bytes = try summary.json(threads: threads)
    note(try check("summary.json", bytes, "every number comes from the store"))
    let manifest = Manifest(summary: summary, summaryBytes: bytes).json
    note(try check("manifest.json", manifest, "says what the store says"))
    try checkDrawn(draw(summary))
    if paths > 0 {
      let repetition = RunRepetition(store, context, threads: threads)
      for check in try repetition.checks(paths: paths) { note(check) }
    }
    try store.closeAsItIs()
  }

  private func sealCheck() throws(StoreProblem) -> FolderCheck {
    let expected = try StoreSeal.expected(in: folder)
    let what = "results.sqlite"
    guard let found = try WholeFile.read("\(folder.path)/\(StoreSeal.name)") else {
      return .notChecked(
        what,
        "\(StoreSeal.name) is missing, so that nothing says what its bytes were; the run's command with "
          + "--resume writes it")
    }
    guard found == expected else {
      return .differs(what, "its bytes are not those that \(StoreSeal.name) was written for")
    }
    return .good(what, "its bytes are those that the run left")
  }

  /// The store, with every checksum inside of it checked; nil where it is not whole.
  ///
  /// - Parameter isChanged: whether its bytes are known to have changed, so that what does not fit is damage.
  private mutating func openStore(isChanged: Bool) throws(StoreProblem) -> (ResultsStore, RunContext)? {
    let what = "the tables of results.sqlite"
    var isWhole = false
    do throws(StoreProblem) {
      if case .nothing = try ResultsStore.contents(at: folder.store) { throw .damaged(folder.store, "it is empty") }
      let store = try ResultsStore.open(at: folder.store, columns: StoredColumn.outcomes, for: .reading)
      try store.verify()
      isWhole = true
      let context = try store.context()
      let range = try store.finishedRange(markets: context.markets.count)
      guard try store.meta("digest") != nil else {
        throw StoreProblem("the run is not finished: resume it with --resume", .unfit)
      }
      note(.good(what, "every table, and every tile of \(range.count) paths, has its checksum"))
      return (store, context)
    } catch {
      guard error.kind == .damaged || (isChanged && !isWhole && error.kind != .system) else { throw error }
      note(.differs(what, error.description))
      return nil
    }
  }

  private func check(_ name: String, _ expected: Data, _ detail: String) throws(StoreProblem) -> FolderCheck {
    guard let found = try WholeFile.read("\(folder.path)/\(name)") else { return .differs(name, "is missing") }
    if let difference = FileDifference.text(found, expected: expected) { return .differs(name, difference) }
    return .good(name, detail)
  }

  /// Pages one by one, charts together; what differs by its name.
  private mutating func checkDrawn(_ files: [DrawnFile]) throws(StoreProblem) {
    var goodCharts = 0
    for file in files {
      let check = try check(file.name, file.contents, "drawn again from the store, byte for byte")
      if check.finding == .good, file.name.hasPrefix("charts/") {
        goodCharts += 1
      } else {
        note(check)
      }
    }
    if goodCharts > 0 {
      note(.good("charts", "\(goodCharts) of them drawn again from the store, byte for byte"))
    }
  }
}
