import Documents
import Lab
import Training

/// What somebody is about to run: under which study, which scenarios, and what the study has to say of it.
struct StudyChoice: Sendable {
  /// The studies and scenarios of the workspace.
  let studies, scenarios: [DocumentLibrary.Entry]
  /// The study that was chosen; nil for the default one.
  let study: WorkspaceName?
  /// Scenarios that are ticked.
  let ticked: Set<WorkspaceName>
  /// The names of the scenarios that the study runs by itself; empty where it names none.
  let own: [String]
  /// The study, read; nil where it cannot be, or where there is nothing to run.
  let file: StudyFile?
  /// Why it cannot be read.
  let problems: [Problem]

  /// Reads a choice.
  ///
  /// - Parameters:
  ///   - study: nil for the default one, which is read under a scenario, as it is run.
  ///   - scenario: to be ticked; nil for none.
  init(study: WorkspaceName?, scenario: WorkspaceName?, _ context: ServerContext) throws {
    let entries = try context.library.entries()
    if let study { _ = try DocumentsAPI.found(study, context.library) }
    if let scenario { _ = try DocumentsAPI.found(scenario, context.library) }
    studies = entries.filter { $0.kind == .study }
    scenarios = entries.filter { $0.kind == .scenario }
    self.study = study
    ticked = Set([scenario].compactMap(\.self))
    let reader = context.workspace.reader()
    var problems: [Problem] = []
    var file: StudyFile?
    var own: [String] = []
    if let study {
      do throws(Problems) {
        let read = try StudyFile(reading: ["\(study)"], repository: nil, contents: reader)
        own = read.scenarios.map(\.title)
        file = read
      } catch {
        problems = error.all
      }
    }
    // A study that runs nothing by itself lends its terms to any scenario.
    let lent = (scenario ?? scenarios.first?.name).map { "\($0)" }
    if file == nil, let lent {
      do throws(Problems) {
        file = try StudyFile(reading: [lent], under: study.map { "\($0)" }, repository: nil, contents: reader)
        problems = []
      } catch {
        if study == nil { problems = error.all }
      }
    }
    (self.file, self.problems, self.own) = (file, problems, own)
  }
}
