import Digests
import Documents
import Foundation
import Glibc
import Lab

/// Takes what is on record of a run to a server, from where the last one stopped. Doing it twice changes nothing: a run is
/// found by a tag that has our identifier of it, figures have their own times, and a file is put in its own place.
package struct RunPush {
  private let folder: TrackingFolder
  private let client: MLflowClient

  /// The tag that has our identifier.
  package static let tag = "stresslab.run"

  /// Pushes of a folder's runs to a client's server.
  package init(_ folder: TrackingFolder, to client: MLflowClient) {
    self.folder = folder
    self.client = client
  }

  private var server: String { client.server.address }

  /// What could not be sent, and why: of the server, or of our own store.
  package enum Problem: Error, CustomStringConvertible {
    case server(MLflowProblem)
    case store(StoreProblem)

    package var description: String {
      switch self {
      case .server(let problem): problem.description
      case .store(let problem): problem.description
      }
    }
  }

  /// Sends what a server lacks of a run, and of its parts where it has ended.
  ///
  /// - Returns: what could not be sent of it and never will be, in words: files that are no longer what they were.
  package func push(_ run: String) throws -> [String] {
    try exclusively {
      do {
        return try pushOne(run)
      } catch Problem.server(.unknown) {
        // Somebody has removed it there, or the server has forgotten all: from the beginning.
        try onStore { (store) throws(StoreProblem) in
          try store.note(
            Delivery(run: run, remote: nil, place: nil, sentRevision: 0, sentMetric: 0), on: server)
        }
        return try pushOne(run)
      }
    }
  }

  /// One pusher at a time: two would make two runs of one.
  private func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    let path = "\(folder.path)/push.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw Problem.store(StoreProblem("\(path) cannot be opened", SystemFault(errno: errno)))
    }
    defer { close(descriptor) }
    for _ in 0..<600 where flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw Problem.store(StoreProblem("\(path) cannot be locked", SystemFault(errno: errno)))
      }
      usleep(100_000)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Problem.server(.away("another program is sending runs"))
    }
    return try body()
  }

  private func onStore<Result>(_ body: (TrackingStore) throws(StoreProblem) -> Result) throws -> Result {
    do throws(StoreProblem) {
      guard let store = try TrackingStore.read(folder) else {
        throw StoreProblem("\(folder.store): nothing is on record", .unfit)
      }
      let result = try body(store)
      try store.close()
      return result
    } catch {
      throw Problem.store(error)
    }
  }

  private func onServer<Result>(_ body: () throws(MLflowProblem) -> Result) throws -> Result {
    do throws(MLflowProblem) { return try body() } catch { throw Problem.server(error) }
  }

  /// All of it, from one look into the store; no file of ours is open while the server is asked.
  private struct Outgoing {
    let record: RunRecord
    let details: RunDetails
    let revision: Int
    let parent: Delivery?
    let parts: [RunRecord]
  }

  private func pushOne(_ run: String) throws -> [String] {
    let server = server
    var (outgoing, delivery) = try onStore { (store) throws(StoreProblem) -> (Outgoing, Delivery) in
      let revision = try store.revision(of: run)
      guard let record = try store.run(run) else { throw StoreProblem("there is no run \(run)", .unfit) }
      let parent = try record.parent.map { (parent) throws(StoreProblem) in
        try store.delivery(of: parent, to: server)
      }
      return (
        Outgoing(
          record: record, details: try store.details(of: run), revision: revision, parent: parent,
          parts: try store.parts(of: run)), try store.delivery(of: run, to: server)
      )
    }
    func note() throws {
      let delivery = delivery
      try onStore { (store) throws(StoreProblem) in try store.note(delivery, on: server) }
    }
    let remote = try known(outgoing, &delivery, note)
    var losses: [String] = []
    if delivery.sentRevision < outgoing.revision {
      try send(outgoing, to: remote)
    }
    try sendMetrics(run, remote, &delivery, note)
    if delivery.sentRevision < outgoing.revision {
      losses += try sendArtefacts(outgoing.details.artefacts, remote, delivery.place ?? "")
      try onServer { () throws(MLflowProblem) in
        try client.update(remote, outgoing.record.status, end: outgoing.record.end)
      }
    }
    for part in outgoing.parts { losses += try pushOne(part.id) }
    // Only now is all of it there.
    delivery.sentRevision = outgoing.revision
    try note()
    return losses
  }

  /// The server's identifier of a run: as it was noted, as the server knows it by its tag, or of a run that is made.
  private func known(_ outgoing: Outgoing, _ delivery: inout Delivery, _ note: () throws -> Void) throws -> String {
    if let remote = delivery.remote { return remote }
    let record = outgoing.record
    let found = try onServer { () throws(MLflowProblem) in
      let experiment = try client.experiment(named: record.experiment)
      if let found = try client.run(tagged: Self.tag, record.id, in: experiment) { return found }
      var tags = [
        (key: Self.tag, value: record.id), ("mlflow.source.name", "stresslab"), ("mlflow.source.type", "LOCAL"),
      ]
      if let revision = outgoing.details.tags["git.revision"] { tags.append(("mlflow.source.git.commit", revision)) }
      if let parent = outgoing.parent?.remote { tags.append(("mlflow.parentRunId", parent)) }
      return try client.createRun(
        named: String(record.name.prefix(MLflowLimits.key)), in: experiment, start: record.start, tags: tags)
    }
    (delivery.remote, delivery.place) = found
    (delivery.sentRevision, delivery.sentMetric) = (0, 0)
    try note()
    return found.id
  }

  /// Parameters, tags and data sets.
  private func send(_ outgoing: Outgoing, to remote: String) throws {
    let details = outgoing.details
    func pairs(_ values: [String: String], most: Int) -> [(key: String, value: String)] {
      // Names that become the same are told apart by their number.
      var used: Set<String> = []
      return values.sorted { $0.key < $1.key }.map { key, value in
        var name = MLflowLimits.name(key)
        var number = 2
        while !used.insert(name).inserted {
          name = "\(MLflowLimits.name(key).prefix(MLflowLimits.key - 4)).\(number)"
          number += 1
        }
        return (name, MLflowLimits.cut(value, to: most))
      }
    }
    var tags = pairs(details.tags, most: MLflowLimits.tag)
    let cut =
      Array(details.parameters.filter { $0.value.unicodeScalars.count > MLflowLimits.parameter }.keys)
      + Array(details.tags.filter { $0.value.unicodeScalars.count > MLflowLimits.tag }.keys)
    if !cut.isEmpty {
      tags.append(
        ("stresslab.cut", MLflowLimits.cut(cut.sorted().joined(separator: ", "), to: MLflowLimits.tag)))
    }
    tags.append(("stresslab.kind", outgoing.record.kind.rawValue))
    try onServer { () throws(MLflowProblem) in
      for group in MLflowLimits.groups(pairs(details.parameters, most: MLflowLimits.parameter)) {
        try client.log(remote, parameters: group)
      }
      for group in MLflowLimits.groups(tags) { try client.log(remote, tags: group) }
      if !details.datasets.isEmpty { try client.log(remote, details.datasets) }
    }
  }

  /// Figures, batch by batch; each is noted when the server has it.
  private func sendMetrics(
    _ run: String, _ remote: String, _ delivery: inout Delivery, _ note: () throws -> Void
  ) throws {
    while true {
      let after = delivery.sentMetric
      let points = try onStore { (store) throws(StoreProblem) in
        try store.points(of: run, after: after, most: MLflowLimits.metrics)
      }
      guard let last = points.last else { return }
      try onServer { () throws(MLflowProblem) in try client.log(remote, metrics: points.map(\.1)) }
      delivery.sentMetric = last.0
      try note()
    }
  }

  /// Files, each with the bytes that are on record.
  ///
  /// - Returns: those that are gone or others by now.
  private func sendArtefacts(_ artefacts: [Artefact], _ remote: String, _ place: String) throws -> [String] {
    var losses: [String] = []
    for artefact in artefacts {
      guard let bytes = FileManager.default.contents(atPath: artefact.file) else {
        losses.append("\(artefact.file) is gone, and was not sent")
        continue
      }
      guard Digest.sha256(bytes) == artefact.sha256 else {
        losses.append("\(artefact.file) is no longer what the run left, and was not sent")
        continue
      }
      try onServer { () throws(MLflowProblem) in try client.put(bytes, as: artefact.path, at: place) }
    }
    return losses
  }
}
