import Documents
import Foundation

/// Where a training leaves what it makes: `training.csv`, `checkpoint.safetensors` and, in the end, the policy.
///
/// The checkpoint is replaced as a whole. A training that was killed goes on from it, and ends with the same policy as
/// one that was not.
package struct TrainingFolder: Sendable {
  /// The folder.
  package let path: String
  /// Updates from one checkpoint to the next.
  package let checkpointEvery: Int

  /// A folder, which is made when it is needed.
  package init(_ path: String, checkpointEvery: Int = 50) {
    precondition(checkpointEvery > 0, "Invariant: a checkpoint comes after some updates")
    self.path = path
    self.checkpointEvery = checkpointEvery
  }

  private var log: String { path + "/training.csv" }
  private var checkpoint: String { path + "/checkpoint.safetensors" }
  /// What a training leaves, from the last to the first that says that there is one.
  private var files: [String] {
    ["training.csv", Policy.documentName, Policy.weightsName, "checkpoint.safetensors"].map { "\(path)/\($0)" }
  }

  /// Trains to the end, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - training: at its beginning.
  ///   - resume: whether to go on from the folder's checkpoint, where there is one.
  ///   - overwrite: whether another training in the folder may be removed; else it is refused.
  ///   - origin: what trains, such as `stresslab 0.1.0`.
  ///   - shouldStop: asked after each update; when true a checkpoint is left and the rest not done.
  ///   - report: gets each record; where it throws, no checkpoint says that the update is done with.
  /// - Returns: the records of all updates, those before a resume among them.
  /// - Throws: a folder that holds another training, or a checkpoint of one (`Problems`); that the training diverged
  ///   (`DivergedTraining`), the last good checkpoint being kept; or what the file system says.
  package func run(
    _ training: PPO, resume: Bool = false, overwrite: Bool = false, origin: String, shouldStop: () -> Bool = { false },
    report: (UpdateRecord) throws -> Void = { _ in }
  ) throws -> [UpdateRecord] {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for file in files { WholeFile.removePart(of: file) }
    var records: [UpdateRecord] = []
    if resume, let bytes = try FileContents.read(checkpoint) {
      try training.restore(bytes, file: checkpoint)
      records = try rows(upTo: training.updates)
    } else {
      try clear(overwrite: overwrite || resume)
    }
    try WholeFile.write(Array(text(records).utf8), to: log)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    defer { try? file.close() }
    try file.seekToEnd()
    while !training.isFinished {
      let record = try training.update()
      records.append(record)
      try file.write(contentsOf: Data((TrainingLog.row(record) + "\n").utf8))
      try report(record)
      let stops = shouldStop()
      if stops || training.isFinished || training.updates % checkpointEvery == 0 {
        try WholeFile.write(training.checkpoint, to: checkpoint)
      }
      if stops { return records }
    }
    try training.policy(origin: origin).write(to: path)
    return records
  }

  /// Takes a training at its beginning to where the folder's checkpoint is.
  ///
  /// - Returns: the updates that it has then; 0 without a checkpoint.
  /// - Throws: that the checkpoint is another training's, or damaged (`Problems`), or that the system failed.
  package func takeUp(_ training: PPO) throws -> Int {
    if let bytes = try FileContents.read(checkpoint) { try training.restore(bytes, file: checkpoint) }
    return training.updates
  }

  /// Sees that the folder holds no training.
  package func refuseTraining() throws(Problems) {
    guard held.isEmpty else {
      throw Problems(
        Problem(
          position: SourcePosition(file: path), message: "the folder holds a training; resume it, or overwrite it"))
    }
  }

  private var held: [String] { files.filter { FileManager.default.fileExists(atPath: $0) } }

  /// Removes what an earlier training left: an old checkpoint beside a new log would never be resumed from.
  private func clear(overwrite: Bool) throws {
    if !overwrite { try refuseTraining() }
    for file in held.reversed() { try FileManager.default.removeItem(atPath: file) }
  }

  private func text(_ records: [UpdateRecord]) -> String {
    ([TrainingLog.header] + records.map(TrainingLog.row)).joined(separator: "\n") + "\n"
  }

  /// The log's rows of the updates that the checkpoint has; later ones will be done again.
  private func rows(upTo updates: Int) throws -> [UpdateRecord] {
    let text = String(decoding: try FileContents.read(log) ?? [], as: UTF8.self)
    let records = text.split(separator: "\n").dropFirst().compactMap { TrainingLog.record($0) }
    guard records.count >= updates, records.prefix(updates).map(\.update) == Array(1..<(updates + 1)) else {
      throw Problems(
        Problem(
          position: SourcePosition(file: log),
          message: "the log lacks some of the \(updates) updates that the checkpoint has"))
    }
    return Array(records.prefix(updates))
  }
}
