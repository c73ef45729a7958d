import Agents
import Documents
import Foundation
import Lab
import Lanes
import Randomness
import Statistics

/// What is put on record of a stress run: the run itself, and each of its desks as a part.
package struct StressRecord: Sendable {
  private let plan: RunPlan
  private let folder: ReportFolder
  /// By agent of the panel that is a trained one: its files.
  private let agents: [String: AgentFiles]

  /// A record of a plan that is run into a folder.
  package init(_ plan: RunPlan, in folder: ReportFolder) {
    (self.plan, self.folder) = (plan, folder)
    var agents: [String: AgentFiles] = [:]
    for name in plan.agents {
      // One that can't be read any more is told by the run itself.
      if let agent = plan.file.study.panel[name] as? PolicyAgent { agents[name] = try? AgentFiles(agent.folder) }
    }
    self.agents = agents
  }

  /// Under what MLflow keeps stress runs.
  package static let experiment = "stresslab-stress"

  /// The run as it begins.
  ///
  /// - Parameters:
  ///   - fingerprint: what all of its results follow from.
  ///   - gitRevision: of the checkout that the program runs from, when known.
  package func beginning(
    fingerprint: String, in tracking: TrackingFolder, isResumed: Bool, gitRevision: String?, experiment: String?,
    time: Int64
  ) -> RunBeginning {
    let (file, settings) = (plan.file, plan.settings)
    var parameters = [
      "study": file.path, "seed": "\(plan.seed)",
      "scenarios": file.scenarios.map(\.name).joined(separator: ", "),
      "severities": plan.severities.map(JSONWriter.number).joined(separator: ", "),
      "agents": plan.agents.joined(separator: ", "), "risk": file.study.risk.names.joined(separator: ", "),
      "streamVersion": "\(RandomStreams.version)", "cpuLevel": CPULevel.current.rawValue,
      "programVersion": Program.version,
    ]
    if let paths = settings.paths { parameters["pathsAsked"] = "\(paths)" }
    var tags = ["study": file.name, "title": file.title, "folder": folder.path, "fingerprint": fingerprint]
    tags["git.revision"] = gitRevision
    return RunBeginning(
      .stress, name: file.name,
      identity: RunBeginning.identity(folder: folder.path, from: tracking, fingerprint: fingerprint),
      experiment: experiment ?? Self.experiment, parameters: parameters, tags: tags, isResumed: isResumed, start: time)
  }

  /// The run as it ends.
  package func ending(_ summary: Summary, time: Int64) -> RunEnding {
    let run = summary.run
    let tags = [
      "paths": "\(run.paths)", "firstPath": "\(run.firstPath)", "digest": run.digest, "command": run.command,
    ]
    var files = [
      (path: "report/index.html", file: folder.page), ("summary.json", folder.summary),
      ("manifest.json", folder.manifest),
    ]
    let charts = (try? FileManager.default.contentsOfDirectory(atPath: folder.charts)) ?? []
    files += charts.filter { $0.hasSuffix(".svg") }.sorted().map { ("report/charts/\($0)", "\(folder.charts)/\($0)") }
    let datasets = run.files.filter { $0.role != .agent }.map { file in
      Dataset(
        name: Dataset.name(of: file.name), digest: file.sha256,
        source: file.name, context: file.role.rawValue)
    }
    let survivals = summary.desks.compactMap { ($0.measures.value(of: Measures.Survival()) as? Estimate)?.value }
    var metrics = [MetricPoint("paths", Double(run.paths), time: time)]
    if let least = survivals.min() { metrics.append(MetricPoint("leastSurvival", least, time: time)) }
    return RunEnding(
      .finished, time: time, metrics: metrics, tags: tags, files: files, parts: parts(summary, time),
      datasets: datasets)
  }

  /// How criteria went at a desk, by the worst of them.
  private static let verdicts: [CriterionLine.Verdict] = [.fail, .tooClose, .pass, .nothingToJudge]

  private func parts(_ summary: Summary, _ time: Int64) -> [RunEnding.Part] {
    let points = Dictionary(
      summary.scenarios.map { ($0.name, $0.point ?? []) }, uniquingKeysWith: { first, _ in first })
    return summary.desks.map { desk in
      let lines = summary.criteria?.lines.filter { $0.desk == desk.desk }.map(\.verdict) ?? []
      let severity = JSONWriter.number(desk.severity)
      var tags = [
        "scenario": desk.scenario, "severity": severity, "agent": desk.agent, "risk": desk.risk,
        "verdict": (Self.verdicts.first { lines.contains($0) } ?? .nothingToJudge).rawValue,
        "study": plan.file.name,
      ]
      if let files = agents[desk.agent] {
        (tags["agent.sha256"], tags["agent.weights"]) = (files.sha256, files.weights)
      }
      var parameters = [
        "scenario": desk.scenario, "severity": severity, "agent": desk.agent, "risk": desk.risk,
        "seed": "\(summary.run.seed)", "paths": "\(summary.run.paths)",
      ]
      for value in points[desk.scenario] ?? [] { parameters["grid.\(value.name)"] = value.text }
      var metrics: [MetricPoint] = []
      for measure in Measures.catalogue {
        for line in desk.measures.value(of: measure)?.lines ?? [] {
          let key = line.word.isEmpty ? measure.name : "\(measure.name).\(line.word)"
          let figures = [("", line.estimate.value), (".low", line.estimate.low), (".high", line.estimate.high)]
          for (end, value) in figures {
            if let value { metrics.append(MetricPoint(key + end, value, time: time)) }
          }
          metrics.append(MetricPoint("\(key).n", Double(line.estimate.n), time: time))
        }
      }
      return RunEnding.Part(
        name: "\(desk.agent)/\(desk.risk) in \(desk.scenario) at severity \(severity)", parameters: parameters,
        tags: tags, metrics: metrics)
    }
  }
}
