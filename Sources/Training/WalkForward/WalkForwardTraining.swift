import Agents
import Digests
import Documents
import Foundation
import Lab
import Learning

/// A walk forward in its folder: a training for each window, and what their agents made of the bars that none had seen.
///
/// `window-1`, `window-2` … are trainings as any other. In the end `equity.csv` has the joined curve, a row a bar, and
/// `walk-forward.json` the windows, the figures and how much was tried for them. What was killed goes on in the window where it
/// was, and ends in the same bytes.
package struct WalkForwardTraining: Sendable {
  /// What is trained.
  package let file: TrainingFile
  /// Its seed: of all windows.
  package let seed: Int
  /// How many seeds are trained beside each other, this one among them.
  package let seeds: Int
  /// Where it leaves what it makes.
  package let folder: String

  /// How it ended.
  package enum Ending: Sendable {
    /// All windows have been trained and judged.
    case finished(WalkForwardRecord)
    /// It was asked to stop, and can go on.
    case interrupted
  }

  /// A walk forward of a file that has windows, with one of some seeds; nil: of those of the file.
  package init(_ file: TrainingFile, seed: Int, of seeds: Int? = nil, folder: String) {
    precondition(!file.windows.isEmpty, "Invariant: a walk forward has windows")
    self.seeds = seeds ?? file.plan.seeds.count
    self.file = file
    self.seed = seed
    self.folder = folder
  }

  private static let results = ["walk-forward.json", "equity.csv"]

  private func folder(of window: TrainingWindow) -> String { "\(folder)/window-\(window.window.number)" }

  /// Sees that the folder holds no training.
  package func refuseTraining() throws(Problems) {
    try TrainingFolder(folder).refuseTraining()
    for window in file.windows { try TrainingFolder(folder(of: window)).refuseTraining() }
  }

  /// Trains window by window to the end, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - threads: as `Training.run`.
  ///   - resume: whether to go on where the folder's windows are.
  ///   - overwrite: whether other windows in the folder may be removed; else they are refused.
  ///   - origin: what trains, such as `stresslab 0.1.0`.
  ///   - report: gets what each window's training tells, with the window.
  /// - Throws: a folder that holds another training, a training that diverged, or what the file system says.
  package func run(
    threads: Int, resume: Bool, overwrite: Bool, origin: String, shouldStop: () -> Bool,
    report: (TrainingWindow, Training.News) -> Void
  ) throws -> Ending {
    for name in Self.results { WholeFile.removePart(of: "\(folder)/\(name)") }
    if !resume {
      if overwrite { try clear() } else { try refuseTraining() }
    }
    var curve = OutOfSampleCurve()
    var trained: [WalkForwardRecord.Trained] = []
    for window in file.windows {
      if shouldStop() { return .interrupted }
      let folder = folder(of: window)
      let training = Training(window.train, seed: seed, folder: folder, judgedOn: window.validate)
      let ending = try training.run(
        threads: threads, resume: resume, overwrite: overwrite, origin: origin, shouldStop: shouldStop,
        report: { report(window, $0) })
      guard case .finished(let best) = ending else { return .interrupted }
      let agent = try SavedAgent.read(folder, contents: FileContents.read)
      try curve.add(window, agent, seed: seed)
      let weights = try FileContents.needed("\(folder)/\(Policy.weightsName)")
      trained.append(
        WalkForwardRecord.Trained(
          window: window, policy: Digest.sha256(weights), best: best, validations: try validations(folder),
          growth: curve.growth.last ?? 1))
    }
    let record = WalkForwardRecord(
      file, seed: seed, of: seeds, origin: origin, trained: trained, curve: curve)
    try WholeFile.write(Array(curve.csv.utf8), to: "\(folder)/\(Self.results[1])")
    try WholeFile.write(
      Array(JSONWriter.write(record.json, indented: true).utf8), to: "\(folder)/\(Self.results[0])")
    return .finished(record)
  }

  /// How many validations a window's policy was chosen among.
  private func validations(_ folder: String) throws -> Int {
    var log = ValidationLog(folder: folder, file.plan.validation)
    try log.read(upTo: .max)
    return log.rows.count
  }

  /// Removes results, and what lies in folders of windows, also of more than there are now.
  private func clear() throws {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where Self.results.contains(name) || Self.isWindow(name) {
      try files.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private static func isWindow(_ name: String) -> Bool {
    let number = name.dropFirst("window-".count)
    return name.hasPrefix("window-") && !number.isEmpty && number.allSatisfy(\.isNumber)
  }
}
