import Foundation
import Lab

/// Makes MLflow's model registry say of a model what the local store says: its versions, each with the files of its agent, and
/// its aliases. Done twice it changes nothing: a version is found there by a tag that has our number and hash.
package struct RegistryMirror {
  private let models: ModelStore
  private let client: MLflowClient

  /// The tags by which a version is found.
  private static let (versionTag, hashTag) = ("stresslab.version", "stresslab.sha256")

  /// A mirror of a store's models at a client's server.
  package init(_ models: ModelStore, to client: MLflowClient) {
    (self.models, self.client) = (models, client)
  }

  /// Mirrors a model.
  ///
  /// - Returns: what it came to, in lines.
  /// - Throws: `RunPush.Problem`.
  package func mirror(_ name: String) throws -> [String] {
    let (versions, folder) = try onStore { () throws(StoreProblem) in
      (try models.versions(of: name), models.folder)
    }
    var lines: [String] = []
    var numbers: [Int: String] = [:]
    try onServer { () throws(MLflowProblem) in
      try client.registerModel(name, description: "An agent trained by StressLab.")
      for known in try client.versions(of: name) {
        guard let version = versions.first(where: { "\($0.version)" == known.tags[Self.versionTag] }),
          known.tags[Self.hashTag] == version.sha256
        else { continue }
        numbers[version.version] = known.version
      }
    }
    for version in versions where numbers[version.version] == nil {
      let run = try self.run(of: version, folder)
      let number = try onServer { () throws(MLflowProblem) in
        for name in AgentFiles.names {
          guard let bytes = FileManager.default.contents(atPath: "\(models.place(of: version))/\(name)") else {
            throw .refused("\(models.place(of: version))/\(name) is gone")
          }
          try client.put(bytes, as: "model/\(name)", at: run.place)
        }
        return try client.createVersion(
          of: version.name, source: "\(run.place)/model", run: run.id, description: version.validation ?? "",
          tags: [(Self.versionTag, "\(version.version)"), (Self.hashTag, version.sha256)])
      }
      numbers[version.version] = number
      lines.append("\(version.title) is version \(number) of \(name) in MLflow's registry.")
    }
    try onServer { () throws(MLflowProblem) in
      for version in versions {
        guard let number = numbers[version.version] else { continue }
        for alias in version.aliases { try client.setAlias(alias, of: name, to: number) }
      }
    }
    return lines
  }

  /// The run at the server that a version hangs on: that of its training, or one that is made for it.
  private func run(of version: ModelVersion, _ folder: TrackingFolder) throws -> (id: String, place: String) {
    if let run = version.run {
      _ = try RunPush(folder, to: client).push(run)
      let delivery = try onStore { () throws(StoreProblem) -> Delivery? in
        let store = try TrackingStore.read(folder)
        return try store?.delivery(of: run, to: client.server.address)
      }
      if let remote = delivery?.remote, let place = delivery?.place { return (remote, place) }
    }
    return try onServer { () throws(MLflowProblem) in
      let experiment = try client.experiment(named: "stresslab-models")
      let tag = "\(version.title)/\(version.sha256)"
      if let found = try client.run(tagged: "stresslab.model", tag, in: experiment) { return found }
      let run = try client.createRun(
        named: version.title, in: experiment, start: version.time,
        tags: [("stresslab.model", tag), ("mlflow.source.name", "stresslab")])
      try client.update(run.id, .finished, end: version.time)
      return run
    }
  }

  private func onStore<Result>(_ body: () throws(StoreProblem) -> Result) throws -> Result {
    do throws(StoreProblem) { return try body() } catch { throw RunPush.Problem.store(error) }
  }

  private func onServer<Result>(_ body: () throws(MLflowProblem) -> Result) throws -> Result {
    do throws(MLflowProblem) { return try body() } catch { throw RunPush.Problem.server(error) }
  }
}
