import Documents
import Lab

extension DocumentKind {
  /// Checks one document as the command would that takes it: a training as `train`, a search as `tune`, a scenario or a
  /// study as `run`.
  ///
  /// - Returns: what is right, but may not be what was meant.
  /// - Throws: everything that is wrong in it and in the documents that it names.
  package static func validate(
    _ path: String, repository: String?, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) -> [Problem] {
    let document = try DocumentLoader(contents: contents).load(path)
    let format = document.root["stresslab"]?.string ?? ""
    if format.hasPrefix(tuning.rawValue) {
      return try TuningFile(reading: path, contents: contents).training.scenarios.flatMap { $0.warnings.map(\.problem) }
    }
    guard format.hasPrefix(training.rawValue) else {
      return try StudyFile.validate(path, repository: repository, contents: contents)
    }
    return try TrainingFile(reading: path, contents: contents).scenarios.flatMap { $0.warnings.map(\.problem) }
  }
}
