import Digests
import Documents
import Lab
import Lanes

/// A search with its training, and the document of every trial, all read and checked.
package struct TuningFile: Sendable {
  /// What the document says.
  package let plan: TuningPlan
  /// As given on the command line.
  package let path: String
  /// The document, with what it extends merged in.
  package let document: Document
  /// The training that is varied, as it is.
  package let training: TrainingFile
  /// In the order of their numbers.
  package let trials: [TuningTrial]
  /// In place of the document's seeds, where such were given.
  package let seeds: [Int]

  /// The search's name: what its folder is called.
  package var name: String { ScenarioFile.name(of: path) }

  /// The rungs of its trials.
  package var rungs: [Halving.Rung] { plan.halving.rungs(trials: trials.count) }

  /// Reads a search, its training and the training's scenarios, and makes the document of every trial.
  ///
  /// - Parameter seed: in place of the document's seeds.
  /// - Throws: everything that is wrong in all of the documents, and with any trial.
  package init(
    reading path: String, seed: Int? = nil, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) {
    self.path = path
    let document = try DocumentLoader(contents: contents).load(path)
    self.document = document
    var problems: [Problem] = []
    var loaded: (plan: TuningPlan?, training: TrainingFile?)
    do throws(Problems) {
      loaded.plan = try TuningPlan.form.read(document)
    } catch {
      problems += error.all
    }
    if let training = loaded.plan?.training ?? Self.training(in: document) {
      do throws(Problems) {
        loaded.training = try TrainingFile(reading: training, contents: contents)
      } catch {
        problems += error.all
      }
    }
    if let training = loaded.training {
      // Pointers and values are told of even where the rest of the document is wrong.
      let check = SearchChecks(document, training)
      problems += check.pointers + check.values
      if let plan = loaded.plan { problems += check.fit(plan) }
    }
    guard problems.isEmpty, let plan = loaded.plan, let training = loaded.training else { throw Problems(problems) }
    self.plan = plan
    self.training = training
    seeds = seed.map { [$0] } ?? plan.seeds
    trials = try SearchChecks(document, training).trials(plan, seed: seeds[0])
  }

  /// The training that a document names which is wrong elsewhere.
  private static func training(in document: Document) -> String? {
    document.root["training"].flatMap { node in
      node.string.flatMap { $0.isEmpty ? nil : FileContents.path($0, relativeTo: node.position.file) }
    }
  }

  /// SHA-256 of what a search follows from: its documents and seeds, on one CPU level.
  package var digest: String {
    let texts = [
      document.root.json.text, training.digest, seeds.map { "\($0)" }.joined(separator: ","),
      CPULevel.current.rawValue,
    ]
    return Digest.sha256(Array(texts.joined(separator: "\n").utf8))
  }
}
