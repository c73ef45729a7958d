import Documents
import Foundation
import Lab
import Statistics
import Training

/// What is put on record of a search: the search itself with how much of its find may be luck, and each trial as a part.
package struct SearchRecord: Sendable {
  private let file: TuningFile
  private let folder: String

  /// A record of a search in its folder.
  package init(_ file: TuningFile, in folder: String) { (self.file, self.folder) = (file, folder) }

  /// Under what MLflow keeps searches.
  package static let experiment = "stresslab-tuning"

  /// The search as it begins.
  package func beginning(
    in tracking: TrackingFolder, isResumed: Bool, gitRevision: String?, experiment: String?, time: Int64
  ) -> RunBeginning {
    let parameters = [
      "tuning": file.path, "training": file.training.path, "trials": "\(file.trials.count)",
      "rungs": file.rungs.map { "\($0.trials) to \($0.updates)" }.joined(separator: ", "),
      "seeds": file.seeds.map { "\($0)" }.joined(separator: ", "), "measure": file.training.plan.validation.measure,
      "programVersion": Program.version,
    ]
    var tags = ["title": file.plan.title, "folder": folder, "documents": file.digest]
    tags["git.revision"] = gitRevision
    return RunBeginning(
      .search, name: file.name,
      identity: RunBeginning.identity(folder: folder, from: tracking, fingerprint: file.digest),
      experiment: experiment ?? Self.experiment, parameters: parameters, tags: tags, isResumed: isResumed, start: time)
  }

  /// The search as it ends.
  ///
  /// - Parameter record: what it came to; nil where it was stopped or failed.
  package func ending(_ status: RunStatus, _ record: TuningRecord?, time: Int64) -> RunEnding {
    guard let record else { return RunEnding(status, time: time) }
    var metrics: [MetricPoint] = []
    var tags: [String: String] = [:]
    func add(_ key: String, _ value: Double?) {
      if let value { metrics.append(MetricPoint(key, value, time: time)) }
    }
    if let winner = record.winner {
      tags = ["best.trial": "\(winner.trial)", "best.seed": "\(winner.run.seed)", "best.policy": winner.policy]
      add("best.validation", winner.run.best?.value)
      add("best.test", winner.test?.value)
      add("best.test.low", winner.test?.low)
      add("best.test.high", winner.test?.high)
    }
    if let luck = record.luck {
      add("sharpe", luck.best.ratio)
      add("sharpe.probabilistic", luck.probabilistic)
      add("sharpe.deflated", luck.deflated)
      add("sharpe.aboveChance", luck.aboveChance)
      add("sharpe.trials", Double(luck.trials.count))
    }
    let files = ["tuning.json", "trials.csv", "\(Tuning.bestName)/agent.json"].map {
      (path: $0, file: "\(folder)/\($0)")
    }
    return RunEnding(
      status, time: time, metrics: metrics, tags: tags,
      files: files.filter { FileManager.default.fileExists(atPath: $0.file) }, parts: parts(record, time))
  }

  private func parts(_ record: TuningRecord, _ time: Int64) -> [RunEnding.Part] {
    zip(file.trials, record.standings).map { trial, standing in
      var parameters = ["trial": "\(trial.number)"]
      for value in trial.values {
        parameters[String(value.pointer.drop { $0 == "/" })] = value.value.plainText ?? JSONWriter.write(value.value)
      }
      var metrics = [MetricPoint("rung", Double(standing.rung), step: standing.updates, time: time)]
      if let value = standing.value {
        metrics.append(
          MetricPoint(file.training.plan.validation.measure, value, step: standing.updates, time: time))
      }
      for run in standing.runs {
        guard let best = run.best, let value = best.value, file.seeds.count > 1 else { continue }
        metrics.append(
          MetricPoint("\(file.training.plan.validation.measure).seed\(run.seed)", value, step: best.update, time: time))
      }
      return RunEnding.Part(
        .trial, name: "\(file.name) \(trial.name)", parameters: parameters,
        tags: ["status": standing.status.rawValue, "search": file.name, "title": file.plan.title], metrics: metrics)
    }
  }
}
