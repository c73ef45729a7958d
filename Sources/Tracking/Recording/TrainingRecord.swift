import Agents
import Digests
import Documents
import Foundation
import Lab
import Lanes
import Learning
import Randomness
import Training

/// What is put on record of a training with one seed.
package struct TrainingRecord: Sendable {
  private let file: TrainingFile
  private let seed: Int
  private let folder: String

  /// A record of a training into a folder.
  package init(_ file: TrainingFile, seed: Int, in folder: String) {
    (self.file, self.seed, self.folder) = (file, seed, folder)
  }

  /// Under what MLflow keeps trainings.
  package static let experiment = "stresslab-training"
  /// Keys of the document that are no parameters of its own.
  private static let apart: Set<String> = [
    "stresslab", "$schema", "extends", "sources", "seeds", "title", "description",
  ]

  /// The training as it begins.
  package func beginning(
    in tracking: TrackingFolder, isResumed: Bool, gitRevision: String?, experiment: String?, time: Int64
  ) -> RunBeginning {
    var parameters = ["seed": "\(seed)", "document": file.path]
    func tell(_ values: [DocumentValue], under first: String? = nil) {
      for value in values {
        let keys = (first.map { [$0] } ?? []) + JSONPointer.components(value.pointer)
        guard let first = keys.first, !Self.apart.contains(first) else { continue }
        parameters[keys.joined(separator: ".")] = value.text
      }
    }
    let root = file.document.root
    tell(TrainingPlan.form.valuesInForce(of: root))
    // The whole document has the defaults of its own keys; these objects have more.
    func object(_ key: String) -> Node {
      root[key] ?? Node(.object([]), position: root.position, path: root.path(to: key))
    }
    tell(PPOParameters.form.valuesInForce(of: object("hyperparameters")), under: "hyperparameters")
    tell(Validation.form.valuesInForce(of: object("validation")), under: "validation")
    tell(Mandate.form.valuesInForce(of: object("mandate")), under: "mandate")
    var tags = [
      "training": file.name, "title": file.plan.title, "documents": file.digest, "folder": folder,
      "programVersion": Program.version, "streamVersion": "\(RandomStreams.version)",
      "cpuLevel": CPULevel.current.rawValue,
      "validation.measure": file.plan.validation.measure, "validation.aim": file.plan.validation.aim.rawValue,
    ]
    tags["git.revision"] = gitRevision
    let file = file
    return RunBeginning(
      .training, name: "\(file.name)/seed-\(seed)",
      identity: RunBeginning.identity(folder: folder, from: tracking, fingerprint: "\(file.digest)\n\(seed)"),
      experiment: experiment ?? Self.experiment, parameters: parameters, tags: tags,
      datasets: { Self.datasets(file) }, isResumed: isResumed, start: time)
  }

  private static func datasets(_ file: TrainingFile) -> [Dataset] {
    var datasets: [Dataset] = []
    func add(_ path: String, _ digest: String, _ context: String) {
      guard !datasets.contains(where: { $0.source == path }) else { return }
      datasets.append(
        Dataset(
          name: Dataset.name(of: path), digest: digest, source: path, context: context))
    }
    for source in file.document.files { add(source.path, Digest.sha256(source.bytes), "training") }
    for scenario in file.scenarios {
      for source in scenario.document.files { add(source.path, Digest.sha256(source.bytes), "scenario") }
      for path in scenario.scenario.files {
        // A name such as data:coin is a file too.
        if let bytes = try? FileContents.read(path) { add(path, Digest.sha256(bytes), "data") }
      }
    }
    return datasets
  }

  /// What an update or a validation adds.
  ///
  /// - Parameter window: the number of its window, where there are windows.
  package static func points(_ news: Training.News, window: Int?, time: Int64) -> [MetricPoint] {
    let prefix = window.map { "window-\($0)/" } ?? ""
    switch news {
    case .update(let record, _): return points(row: TrainingLog.row(record), prefix, time)
    case .validation(let row, _):
      return row.value.map { [MetricPoint("\(prefix)validation", $0, step: row.update, time: time)] } ?? []
    }
  }

  /// The figures of a row of `training.csv`, as it says them.
  private static func points(row: some StringProtocol, _ prefix: String, _ time: Int64) -> [MetricPoint] {
    let names = TrainingLog.header.split(separator: ",")
    let fields = row.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == names.count, let step = Int(fields[0]) else { return [] }
    return zip(names, fields).dropFirst().compactMap { name, field in
      Double(field).map { MetricPoint("\(prefix)\(name)", $0, step: step, time: time) }
    }
  }

  /// The training as it ends or stops: all that its folder holds.
  ///
  /// - Parameters:
  ///   - best: what the chosen policy came to on validation paths.
  ///   - more: tags that the end adds.
  package func ending(
    _ status: RunStatus, best: ValidationRow?, tags more: [String: String] = [:], time: Int64
  ) -> RunEnding {
    var metrics: [MetricPoint] = []
    var files: [(path: String, file: String)] = []
    let parts = file.windows.isEmpty ? [nil] : file.windows.map { Optional($0.window.number) }
    for window in parts {
      let place = window.map { "\(folder)/window-\($0)" } ?? folder
      let prefix = window.map { "window-\($0)/" } ?? ""
      for row in Self.rows("\(place)/training.csv") { metrics += Self.points(row: row, prefix, time) }
      for row in Self.rows("\(place)/validation.csv") {
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3, let step = Int(fields[0]), let value = Double(fields[2]) else { continue }
        metrics.append(MetricPoint("\(prefix)validation", value, step: step, time: time))
      }
      files += ["training.csv", "validation.csv"].map { ("\(prefix)curves/\($0)", "\(place)/\($0)") }
      guard status == .finished else { continue }
      files += AgentFiles.names.map { ("\(prefix)agent/\($0)", "\(place)/\($0)") }
    }
    if !file.windows.isEmpty, status == .finished {
      files += ["walk-forward.json", "equity.csv"].map { ($0, "\(folder)/\($0)") }
    }
    var tags = more
    if let best {
      tags["best.update"] = "\(best.update)"
      if let value = best.value { metrics.append(MetricPoint("bestValidation", value, time: time)) }
    }
    return RunEnding(status, time: time, metrics: metrics, tags: tags, files: files)
  }

  private static func rows(_ path: String) -> [Substring] {
    guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { $0 }
  }
}
