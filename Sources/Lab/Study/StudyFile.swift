import Documents
import Foundation

/// A study with its scenarios, all read and checked against each other.
package struct StudyFile: Sendable {
  /// What the document says; of bare scenarios, what the default study says.
  package let study: Study
  /// The document of `study`, with what it extends merged in.
  package let document: Document
  /// As given on the command line; of bare scenarios, the default study's.
  package let path: String
  /// In the order of the study, or of the command line; at least one, no two of one name.
  package let scenarios: [ScenarioFile]
  /// The scenarios with one figure multiplied, as somebody's study asks; nil of the default one, for which they are made where they
  /// are run.
  private let askedWhatIfs: [WhatIfVariant]?
  /// Whether the command line named scenarios and no study, so that they run under the default one.
  let isDefault: Bool
  /// Whether the command line named the scenarios.
  package let namesScenarios: Bool
  /// Agents that stay out of a scenario, as it cannot feed them: of the default study, or of one that is extended.
  package let absences: [Absence]

  /// The study's name: what its report folder is called.
  package var name: String {
    let study = ScenarioFile.name(of: path)
    guard namesScenarios else { return study }
    let files = NSOrderedSet(array: scenarios.map { ScenarioFile.name(of: $0.path) }).array as? [String] ?? []
    return files.joined(separator: "+") + (isDefault ? "" : "-\(study)")
  }

  /// The study's title; of a bare scenario, the scenario's.
  package var title: String {
    isDefault && scenarios.count == 1 ? scenarios[0].title : study.title
  }

  /// What a command line names to have it again.
  var command: [String] {
    guard namesScenarios else { return [path] }
    let files = NSOrderedSet(array: scenarios.map(\.path)).array as? [String] ?? []
    return files + (isDefault ? [] : ["--study", path])
  }

  /// Where the default study lies, from the folder of a scenario.
  static let defaultStudy = "studies/default.json"

  /// What the default study inside the program is called in messages and in the list of files.
  static let builtInDefault = FileContents.builtIn + defaultStudy

  /// Reads what a command line names: one study, or one or more scenarios, which run under the default study.
  ///
  /// - Parameters:
  ///   - paths: the files; at least one.
  ///   - studyPath: a study under which scenarios run, in place of the ones that it names.
  ///   - repository: where else `scenarios/studies/default.json` is looked for, if not beside the scenario; where there
  ///     is none, the one inside the program serves.
  ///   - contents: gives the bytes of files.
  /// - Throws: everything that is wrong in all of the documents.
  package init(
    reading paths: [String], under studyPath: String? = nil, repository: String?,
    contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) {
    precondition(!paths.isEmpty, "Invariant: a run has a file")
    let loader = DocumentLoader(contents: contents)
    let given = try Self.study(among: paths, loader)
    if let given, studyPath != nil {
      throw Problems(
        Problem(position: SourcePosition(file: given), message: "a study runs alone: --study is for scenarios"))
    }
    isDefault = given == nil && studyPath == nil
    namesScenarios = given == nil
    var chosen = given ?? studyPath
    if chosen == nil { chosen = try Self.findDefault(beside: paths[0], repository: repository, contents) }
    if let found = chosen {
      path = found
      document = try loader.load(found)
    } else {
      path = Self.builtInDefault
      document = try loader.load(Array(BuiltInDocuments.defaultStudy.utf8), file: path)
    }
    var problems: [Problem] = []
    var loaded: Study?
    do {
      loaded = try Study.form.read(document)
    } catch {
      problems += error.all
    }
    var scenarioPaths = paths
    if given != nil {
      let listed = document.root["scenarios"]
      let nodes = (listed?.elements ?? []).filter { $0.string != nil }
      // What an extended study names lies where that study says.
      scenarioPaths = []
      for node in nodes {
        let path = FileContents.path(node.string ?? "", relativeTo: node.position.file)
        func note(_ message: String, _ fault: SystemFault? = nil) {
          problems.append(Problem(position: node.position, path: node.path, message: message, fault: fault))
        }
        do throws(SystemFault) {
          if try contents(path) != nil {
            scenarioPaths.append(path)
          } else {
            note("there is no file \(quoted(path)), or it can't be read")
          }
        } catch {
          note("\(quoted(path)) can't be read: \(error)", error)
        }
      }
      if nodes.isEmpty, loaded != nil {
        let place = listed ?? document.root
        problems.append(
          Problem(position: place.position, path: place.path, message: "a study that is run names a scenario at least"))
      }
    }
    var scenarios: [ScenarioFile] = []
    for path in scenarioPaths {
      do {
        scenarios.append(try ScenarioFile(reading: path, contents: contents))
      } catch {
        problems += error.all
      }
    }
    problems += Self.sameNames(scenarios, of: given == nil ? nil : document)
    guard problems.isEmpty, let study = loaded else { throw Problems(problems) }
    self.study = study
    scenarios = try study.grid.expanded(scenarios, study: document)
    self.scenarios = scenarios
    askedWhatIfs = isDefault ? nil : try Self.whatIfs(study, scenarios, document, isDefault: false)
    (problems, absences) =
      StudyChecks(study: study, document: document, scenarios: scenarios, isDefault: isDefault).findings
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// The scenarios with one figure multiplied, as the study asks; none for a study that does not.
  ///
  /// - Throws: what a scenario does not take, of a study that somebody wrote: its reading has thrown it before.
  func whatIfs() throws(Problems) -> [WhatIfVariant] {
    if let askedWhatIfs { return askedWhatIfs }
    return try Self.whatIfs(study, scenarios, document, isDefault: isDefault)
  }

  private static func whatIfs(
    _ study: Study, _ scenarios: [ScenarioFile], _ document: Document, isDefault: Bool
  ) throws(Problems) -> [WhatIfVariant] {
    try study.whatIf?.variants(
      of: scenarios, severity: study.judgedSeverity, seed: UInt64(study.monteCarlo.seed), study: document,
      isDefault: isDefault) ?? []
  }

  /// The study among the files of a command line, which then is the only one; nil when all are scenarios.
  private static func study(among paths: [String], _ loader: DocumentLoader) throws(Problems) -> String? {
    var problems: [Problem] = []
    var studies: [String] = []
    for path in paths {
      do {
        let document = try loader.load(path)
        if document.root["stresslab"]?.string?.hasPrefix("study") == true { studies.append(path) }
      } catch {
        problems += error.all
      }
    }
    if paths.count > 1 {
      problems += studies.map {
        Problem(position: SourcePosition(file: $0), message: "a study runs alone: it names its scenarios itself")
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return studies.first
  }

  /// Scenarios of the same name, told where a study names them; on a command line there is no such place.
  private static func sameNames(_ scenarios: [ScenarioFile], of study: Document?) -> [Problem] {
    var names: Set<String> = []
    return scenarios.filter { !names.insert($0.name).inserted }.map { scenario in
      let place = study?.root["scenarios"]?.elements?.last {
        $0.string.map { FileContents.path($0, relativeTo: study?.root.position.file ?? "") } == scenario.path
      }
      return Problem(
        position: place?.position ?? SourcePosition(file: scenario.path), path: place?.path ?? "",
        message: "another scenario is called \(quoted(scenario.name)) too; rename one of the files")
    }
  }

  /// The default study beside a scenario, or in the repository that the program was built in; nil when neither is there.
  private static func findDefault(
    beside scenario: String, repository: String?, _ contents: FileContents.Reader
  ) throws(Problems) -> String? {
    let beside = FileContents.path(defaultStudy, relativeTo: scenario)
    let candidates = [beside] + (repository.map { ["\($0)/scenarios/\(defaultStudy)"] } ?? [])
    for path in candidates {
      do throws(SystemFault) {
        if try contents(path) != nil { return path }
      } catch {
        throw Problems(
          Problem(position: SourcePosition(file: path), message: "it can't be read: \(error)", fault: error))
      }
    }
    return nil
  }
}

extension StudyFile {
  /// Whether an agent stays out of a scenario.
  func isAbsent(_ agent: String, from scenario: ScenarioFile) -> Bool {
    absences.contains { $0.agent == agent && $0.scenario == scenario.name }
  }

  /// Whether somebody has to be told at once that an agent stays out. That the agents inside the program do, as they mostly
  /// will, is for the report.
  package func isNews(_ absence: Absence) -> Bool {
    !(study.panel[absence.agent]?.files.contains { $0.hasPrefix(FileContents.builtIn) } ?? false)
  }

  /// Checks one document as a run would: a scenario under the default study, a study with its scenarios.
  ///
  /// - Returns: what is right, but may not be what was meant.
  package static func validate(
    _ path: String, repository: String?, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) -> [Problem] {
    let document = try DocumentLoader(contents: contents).load(path)
    let isStudy = document.root["stresslab"]?.string?.hasPrefix("study") ?? false
    if isStudy && document.root["scenarios"] == nil {
      // A study for bare scenarios: there is nothing to check it against.
      _ = try Study.form.read(document)
      return []
    }
    let file = try StudyFile(reading: [path], repository: repository, contents: contents)
    if !file.isDefault, let problem = PathSupply(file.scenarios)?.problem(in: file) { throw Problems(problem) }
    return file.scenarios.flatMap { $0.warnings.map(\.problem) }
      + file.absences.filter(file.isNews).map { Problem(position: SourcePosition(file: path), message: "\($0)") }
  }
}
