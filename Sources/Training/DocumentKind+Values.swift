import Documents
import Lab
import Markets
import Randomness

extension DocumentKind {
  /// Keys of a document that say nothing of what it does.
  private static let apart: Set<String> = ["stresslab", "$schema", "extends", "sources"]

  /// What a document says, checked, with what it extends merged in and the defaults of what it leaves out.
  ///
  /// - Returns: its kind, and its values.
  /// - Throws: everything that is wrong in it and in the documents that it names.
  package static func values(
    _ path: String, repository: String?, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) -> (kind: DocumentKind, values: [DocumentValue]) {
    _ = try validate(path, repository: repository, contents: contents)
    let loader = DocumentLoader(notations: Distributions.notations.map(Set.init), contents: contents)
    let root = try loader.load(path).root
    let format = root["stresslab"]?.string ?? ""
    let kind = [scenario, study, training, tuning].first { format.hasPrefix($0.rawValue) } ?? scenario
    let values =
      switch kind {
      case .study: Study.form.valuesInForce(of: root)
      case .training: TrainingPlan.form.valuesInForce(of: root)
      case .tuning: TuningPlan.form.valuesInForce(of: root)
      case .scenario, .agent: Scenario.form.valuesInForce(of: root)
      }
    return (kind, values.filter { !apart.contains(JSONPointer.components($0.pointer).first ?? "") })
  }
}
