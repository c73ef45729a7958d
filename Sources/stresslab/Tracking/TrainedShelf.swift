import Agents
import Documents
import Lab
import Tracking
import Training

/// The agents that the seeds of a training have made, of which the best becomes the next version of a model.
struct TrainedShelf {
  /// Keeps the runs; nil where nothing is kept.
  let keeper: RecordKeeper?
  private let file: TrainingFile
  private var trained: [(seed: Int, folder: String, run: String?, best: ValidationRow?)] = []

  init(_ file: TrainingFile, _ keeper: RecordKeeper?) {
    (self.file, self.keeper) = (file, keeper)
  }

  /// Adds what a seed has made.
  mutating func add(seed: Int, folder: String, run: String?, best: ValidationRow?) {
    trained.append((seed, folder, run, best))
  }

  /// Puts the best agent into the model store, where the training is one (a walk forward makes an agent for each window, of
  /// which none is the agent).
  ///
  /// - Returns: what is told of it; nil where nothing was put there.
  func register() -> String? {
    guard let keeper, file.windows.isEmpty, AgentShelf.isName(file.name) else { return nil }
    let validation = file.plan.validation
    var chosen = trained.first
    for one in trained.dropFirst() {
      guard let value = one.best?.value else { continue }
      if let best = chosen?.best?.value, !validation.isBetter(value, than: best) { continue }
      chosen = one
    }
    guard let chosen else { return nil }
    let figure = chosen.best?.value.map { value in
      "\(validation.measure) \(JSONWriter.number((value * 1e6).rounded() / 1e6)) on validation paths, seed \(chosen.seed)"
        + (trained.count > 1 ? ", the best of \(trained.count)" : "")
    }
    do {
      let files = try AgentFiles(chosen.folder)
      let (version, isNew) = try ModelStore(keeper.folder).register(
        files, as: file.name, run: chosen.run, documents: file.digest, validation: figure)
      return
        "\(file.name):\(version) \(isNew ? "is" : "was there already, and is") the candidate in \(keeper.folder.models)"
    } catch {
      keeper.note("\(chosen.folder) could not be put into \(keeper.folder.models): \(error)")
      return nil
    }
  }
}
