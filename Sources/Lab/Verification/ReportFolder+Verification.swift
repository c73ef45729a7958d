import Documents
import Foundation
import Glibc

extension ReportFolder {
  /// Keeps runs out of a folder that is read, and lets other readers in.
  func lockForReading() throws(RunProblem) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .store(StoreProblem("\(path) cannot be opened", SystemFault(errno: errno)))
    }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else {
      let fault = errno
      close(descriptor)
      guard fault != EWOULDBLOCK else { throw .refused(Refusal("\(path) is being written to by a run")) }
      throw .store(StoreProblem("\(path) cannot be locked", SystemFault(errno: fault)))
    }
    return descriptor
  }

  /// Refuses a folder that holds no store.
  func refuseWithoutRun() throws(RunProblem) {
    guard FileManager.default.fileExists(atPath: store) else {
      throw .refused(Refusal("\(path) holds no run: there is no results.sqlite"))
    }
  }

  /// Refuses a folder in which SQLite has left, beside the store of a run that was stopped, what it would play back.
  func refuseStopped() throws(StoreProblem) {
    for name in Self.journals where !name.hasSuffix("-shm") {
      if let contents = try WholeFile.read("\(path)/\(name)"), !contents.isEmpty {
        throw StoreProblem("\(path)/\(name) says that the run was stopped: resume it with --resume", .unfit)
      }
    }
  }

  /// The files of a report as `write` would put them into a folder.
  package static func files(
    page: String, pages: [(name: String, contents: String)], charts: [(name: String, contents: String)]
  ) -> [FolderVerification.DrawnFile] {
    [("index.html", Data(page.utf8))] + pages.map { ($0.name, Data($0.contents.utf8)) }
      + [(ChartList.name, ChartList.data(Set(charts.map(\.name)), pages: Set(pages.map(\.name))))]
      + charts.map { ("charts/\($0.name)", Data($0.contents.utf8)) }
  }
}
