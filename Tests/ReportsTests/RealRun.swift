import Foundation
import Lab

/// A run of `scenarios/flash-crash.json` under the default study, made once for all tests of this process.
struct RealRun: Sendable {
  /// What it left as `summary.json`.
  let summary: Data

  /// 400 paths at severities 0 and 1, six agents behind two risk profiles.
  static let flashCrash = Result { try RealRun(paths: 400) }

  private init(paths: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.make(in: folder, paths: paths)
    summary = try Data(contentsOf: URL(fileURLWithPath: ReportFolder(folder).summary))
  }

  /// Makes a run in a folder.
  @discardableResult
  static func make(in folder: String, paths: Int, agents: [String]? = nil) throws -> Summary {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let study = try StudyFile(reading: [root + "/scenarios/flash-crash.json"], repository: root)
    let plan = try RunPlan(study, RunSettings(paths: paths, agents: agents, threads: 2))
    let ending = try Runner(plan, into: ReportFolder(folder), gitRevision: nil).run(
      resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
    guard case .finished(let summary) = ending else { throw StoreProblem("the run did not finish") }
    return summary
  }
}
