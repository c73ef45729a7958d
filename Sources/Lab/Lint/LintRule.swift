import Documents

/// Something that is legal in a document, but suspicious. A new rule is one file with a constant like these and a line here.
package struct LintRule: Sendable {
  /// What is run, one after the other.
  package static let catalogue: [LintRule] = [
    .warnings, .withoutSource, .withoutEffect, .seldomStarts, .leverageOverVenue,
  ]

  /// Its name, behind each finding in brackets.
  package let name: String
  /// What is suspicious in a study; of a bare scenario in the default study over it.
  let find: @Sendable (StudyFile) throws(FormViolation) -> [Problem]

  /// Everything that is suspicious in a study and its scenarios, in the order of the places; each finding once.
  ///
  /// - Parameter isOfScenario: whether a scenario was named, so that what is said of the study over it is nobody's business.
  package static func findings(in file: StudyFile, isOfScenario: Bool) -> [Problem] {
    var found: Set<Problem> = []
    for rule in catalogue {
      let problems = (try? rule.find(file)) ?? []
      for problem in problems where !(isOfScenario && problem.position.file == file.path) {
        found.insert(
          Problem(position: problem.position, path: problem.path, message: "\(problem.message) [\(rule.name)]"))
      }
    }
    return found.sorted()
  }
}
