import Documents
import Foundation
import Glibc
import Lab

/// Where jobs are kept in a workspace: in `.stresslab`, which is the server's own.
package struct JobFolders: Sendable, Hashable {
  /// The folder that is served.
  package let workspace: String

  /// The places in a workspace.
  package init(_ workspace: String) { self.workspace = workspace }

  /// What is the server's own.
  var own: String { "\(workspace)/.stresslab" }
  /// The database of jobs.
  package var store: String { "\(own)/jobs.sqlite" }
  /// What the server that starts jobs keeps locked.
  var serverLock: String { "\(own)/jobs.lock" }
  /// A folder for each job.
  var jobs: String { "\(own)/jobs" }

  /// The files of a job.
  package func files(of job: String) -> JobFiles { JobFiles(folder: "\(jobs)/\(job)") }

  /// Where a job's process finds its file of events, from the workspace.
  static func eventsFromWorkspace(of job: String) -> String { ".stresslab/jobs/\(job)/events.jsonl" }

  /// Makes the folders.
  func make() throws(StoreProblem) {
    let jobs = jobs
    try StoreProblem.wrapping("\(jobs) cannot be made a folder") {
      try FileManager.default.createDirectory(atPath: jobs, withIntermediateDirectories: true)
    }
  }

  /// Whether a folder of the workspace is there and not empty.
  func holdsSomething(_ folder: String) -> Bool {
    guard let stream = opendir("\(workspace)/\(folder)") else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { return true }
    }
    return false
  }

  /// Removes folders of jobs that nobody knows, which a server leaves that is killed between two steps.
  func removeAll(but known: Set<String>) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: jobs)) ?? []
    for name in names where JobFiles.isName(name) && !known.contains(name) { files(of: name).remove() }
  }
}
