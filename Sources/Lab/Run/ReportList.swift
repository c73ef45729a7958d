import Documents
import Foundation
import Statistics

/// The reports that lie side by side in a folder, for a page that lists them.
package struct ReportList: Sendable {
  /// By the names of their folders.
  package let entries: [Entry]
  private let folder: ReportFolder

  /// A report, or a folder of one that cannot be read.
  package struct Entry: Sendable {
    /// The folder's name.
    package let name: String
    /// What is told of it; nil where its `summary.json` cannot be read.
    package let facts: Facts?
  }

  /// What a list tells of a report.
  package struct Facts: Sendable, Equatable {
    /// The study's title.
    package let title: String
    /// The scenarios' names, in the study's order.
    package let scenarios: [String]
    /// θ, ascending.
    package let severities: [Double]
    /// Paths of each scenario and severity.
    package let paths: Int64
    /// What all draws follow from.
    package let seed: UInt64
    /// How many desks there are.
    package let desks: Int
    /// Whether its panel carries out orders: it is judged by the shortfall then, and by survival otherwise.
    package let executes: Bool
    /// The desk that survives least at the highest severity, or that costs most there; of several, the first. Nil where none
    /// has such a figure.
    package let weakest: Weakest?
    /// What the study's own criteria came to; nil where it has none.
    package let verdicts: [CriterionLine.Verdict]?

    /// A desk and the figure that it is judged by.
    package struct Weakest: Sendable, Equatable {
      /// `ScenarioSummary.name`.
      package let scenario: String
      /// Agent and profile.
      package let desk: String
      /// P(no ruin by the horizon), or the mean shortfall in basis points of what is to be traded.
      package let figure: Estimate
    }

    /// Of a finished run.
    package init(_ summary: Summary) {
      title = summary.title
      scenarios = summary.scenarios.map(\.name)
      severities = Set(summary.desks.map(\.severity)).sorted()
      paths = summary.run.paths
      seed = summary.run.seed
      desks = summary.desks.count
      let severest = severities.last
      let judged = summary.desks.filter { $0.severity == severest }
      executes = summary.executes
      func worst(_ figure: (DeskSummary) -> Estimate?, isWorse: (Double, Double) -> Bool) -> Weakest? {
        var found: (value: Double, desk: Weakest)?
        for desk in judged {
          guard let estimate = figure(desk), let value = estimate.value else { continue }
          if let best = found, !isWorse(value, best.value) { continue }
          let name = DeskName(agent: desk.agent, risk: desk.risk).text
          found = (value, Weakest(scenario: desk.scenario, desk: name, figure: estimate))
        }
        return found?.desk
      }
      weakest =
        executes
        ? worst({ $0.measures[Measures.ImplementationShortfall()] }, isWorse: >)
        : worst({ $0.survival }, isWorse: <)
      verdicts = summary.criteria.flatMap { $0.areUsual ? nil : $0.lines.map(\.verdict) }
    }
  }

  /// Reads the summaries of all reports in a folder.
  ///
  /// - Throws: `.refused` where there is no such folder, no report in it, or where it is a report itself.
  package init(in path: String) throws(RunProblem) {
    folder = ReportFolder(path)
    guard !FileManager.default.fileExists(atPath: folder.store) else {
      throw .refused(Refusal("\(path) is a report itself; --index takes the folder that reports lie in"))
    }
    ReportFolder.unlock(try folder.lock())
    let folder = folder
    entries = try RunProblem.atStore { () throws(StoreProblem) in
      let names = try folder.entries(of: path).sorted()
      var entries: [Entry] = []
      for name in names {
        let report = ReportFolder("\(path)/\(name)")
        guard FileManager.default.fileExists(atPath: report.store) else { continue }
        let summary = try WholeFile.read(report.summary).flatMap { data in
          try? JSONDecoder().decode(Summary.self, from: data)
        }
        entries.append(Entry(name: name, facts: summary.map { Facts($0) }))
      }
      return entries
    }
    guard !entries.isEmpty else {
      throw .refused(Refusal("\(path) holds no reports: no folder in it has a results.sqlite"))
    }
  }

  /// Words of the page by which it is known as ours.
  package static let mark = "StressLab index of reports"

  /// Writes the page that lists them, over an earlier one.
  ///
  /// - Throws: `.refused` where another file has its name.
  package func write(_ page: String) throws(RunProblem) {
    let lock = try folder.lock()
    defer { ReportFolder.unlock(lock) }
    try RunProblem.atStore { () throws(StoreProblem) in
      if let found = try WholeFile.read(folder.page), found.range(of: Data(Self.mark.utf8)) == nil {
        throw StoreProblem("\(folder.page) is not an index of reports, and is not replaced", .unfit)
      }
      try WholeFile.replace(folder.page, with: Data(page.utf8))
    }
  }
}
