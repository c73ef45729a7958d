import Agents
import Digests
import Documents
import Foundation
import Lab

/// A study run with one version of an agent where it names the champion, and held against the champion's own record of it.
package struct VersionCheck: Sendable {
  private let models: ModelStore
  private let champion: ModelVersion
  private let version: ModelVersion
  private let study: String
  private let settings: RunSettings
  private let contents: FileContents.Reader

  /// A check of a version against the champion.
  ///
  /// - Parameter study: the file; one of its agents is `agents:NAME@champion`.
  package init(
    _ models: ModelStore, champion: ModelVersion, version: ModelVersion, study: String, _ settings: RunSettings,
    contents: @escaping FileContents.Reader = FileContents.read
  ) {
    (self.models, self.champion, self.version) = (models, champion, version)
    (self.study, self.settings, self.contents) = (study, settings, contents)
  }

  /// What it came to.
  package struct Outcome: Sendable {
    /// The champion's run.
    package let baseline: String
    /// The version's.
    package let candidate: String
    /// Whether the champion's record was there already.
    package let wasOnRecord: Bool
    /// The version less the champion, desk by desk.
    package let comparison: RunComparison
    /// What was run for it, with its summary.
    package let runs: [(record: StressRecord, fingerprint: String, summary: Summary)]
    /// Where the runs of this study lie.
    package let place: String
  }

  /// Runs what is not on record, and compares.
  ///
  /// - Parameter studies: how many studies are judged together, so that false alarms of all are as rare as they are to be.
  /// - Returns: nil where it was asked to stop.
  /// - Throws: what is wrong with the study, or with a folder.
  package func run(
    margins: Margins, studies: Int = 1, shouldStop: @escaping @Sendable () -> Bool, report: (RunProgress) -> Void
  ) throws -> Outcome? {
    var runs: [(record: StressRecord, fingerprint: String, summary: Summary)] = []
    func folder(_ version: ModelVersion, _ plan: RunPlan) -> ReportFolder {
      let place = "\(models.folder.checks)/\(version.name)/\(plan.file.name)-\(digest(plan))"
      return ReportFolder("\(place)/version-\(version.version)")
    }
    let theirs = try plan(champion)
    let baseline = folder(champion, theirs)
    var wasOnRecord = FileManager.default.fileExists(atPath: baseline.manifest)
    if !wasOnRecord {
      guard let run = try live(theirs, champion, baseline, shouldStop, report) else { return nil }
      runs.append(run)
    }
    let ours = try plan(version)
    let candidate = folder(version, ours)
    if version.version != champion.version {
      guard let run = try live(ours, version, candidate, shouldStop, report) else { return nil }
      runs.append(run)
    }
    func compare() throws(RunProblem) -> [RunComparison] {
      try RunComparison.all(
        baseline: baseline, candidates: [candidate], margin: margins.survival, alarms: margins.alarms(studies: studies))
    }
    let comparisons: [RunComparison]
    do throws(RunProblem) {
      comparisons = try compare()
    } catch {
      // A record that a build has left whose stores this one does not read is made again.
      guard wasOnRecord, case .refused = error else { throw error }
      guard let run = try live(theirs, champion, baseline, shouldStop, report) else { return nil }
      runs.append(run)
      wasOnRecord = false
      comparisons = try compare()
    }
    return Outcome(
      baseline: baseline.path, candidate: candidate.path, wasOnRecord: wasOnRecord, comparison: comparisons[0],
      runs: runs, place: URL(fileURLWithPath: baseline.path).deletingLastPathComponent().relativePath)
  }

  /// The names by which the study may call the champion.
  private var names: [String] {
    ["\(AgentShelf.prefix)\(champion.name)", "\(AgentShelf.prefix)\(champion.name)@\(AgentShelf.champion)"]
  }

  /// The study with a version in the champion's place.
  private func plan(_ version: ModelVersion) throws -> RunPlan {
    try onShelf(version) {
      let file = try StudyFile(reading: [study], repository: Program.repository, contents: contents)
      let agents = file.study.panel.filter { _, agent in
        (agent as? PolicyAgent).map { names.contains($0.folder) } ?? false
      }.map(\.name)
      guard !agents.isEmpty else {
        throw Refusal(
          "no agent of \(study) is \(quoted(names[1])): a panel names it as "
            + "{\"model\": \"policy\", \"folder\": \(quoted(names[1]))}")
      }
      var settings = settings
      // Others would only take time, where no criterion and no comparison of the study is of them.
      if file.study.criteria.isEmpty, file.study.compare.isEmpty { settings.agents = agents }
      return try RunPlan(file, settings)
    }
  }

  private func onShelf<Result>(_ version: ModelVersion, _ body: () throws -> Result) throws -> Result {
    let pinned = ["\(champion.name)@\(AgentShelf.champion)": version.version]
    return try AgentShelf.$current.withValue(
      AgentShelf(folder: models.folder.models, pinned: pinned), operation: body)
  }

  private func live(
    _ plan: RunPlan, _ version: ModelVersion, _ folder: ReportFolder, _ shouldStop: @escaping @Sendable () -> Bool,
    _ report: (RunProgress) -> Void
  ) throws -> (record: StressRecord, fingerprint: String, summary: Summary)? {
    try onShelf(version) {
      var fingerprint = ""
      // What another build has left here is made again.
      let ending = try Runner(plan, into: folder, gitRevision: Program.gitRevision).run(
        resume: true, overwrite: true, shouldStop: shouldStop, begun: { fingerprint = $0 }, report: report)
      guard case .finished(let summary) = ending else { return nil }
      return (StressRecord(plan, in: folder), fingerprint, summary)
    }
  }

  /// What sets the study apart beside its name: documents, seed, and how many paths of which severities.
  private func digest(_ plan: RunPlan) -> String {
    let documents = [plan.file.document.root] + plan.file.scenarios.map(\.document.root)
    let words =
      documents.map { JSONWriter.write($0.json) } + [
        "\(plan.seed)", "\(plan.paths)", plan.severities.map(JSONWriter.number).joined(separator: " "),
      ]
    return String(Digest.sha256(Array(words.joined(separator: "\n").utf8)).prefix(12))
  }
}
