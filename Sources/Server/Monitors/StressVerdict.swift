import Documents
import Foundation
import Lab
import Tracking

/// What the last stress run on record found of a monitor's agent behind its risk profile.
package struct StressVerdict: Sendable {
  /// The study's title or name.
  package let study: String
  /// Where it is: a report's name, else nil.
  package let report: String?
  /// When it was, in seconds since 1970; nil where that is not known.
  package let time: Int?
  /// How the agent was found: by its bytes, or by name alone.
  package let isByBytes: Bool
  /// Its desks, the one that survives least first.
  package let desks: [Desk]

  /// A desk of the run.
  package struct Desk: Sendable, Hashable {
    /// The scenario with its severity.
    package let market: String
    /// The share of paths that it survived, with its interval; nil where that is not known.
    package let survival, low, high: Double?
  }

  /// The last verdict on a version of the model store, found by its bytes in the tracking store; nil where none is on record.
  static func last(
    on version: ModelVersion, risk: String, _ tracking: TrackingFolder
  ) throws(StoreProblem) -> StressVerdict? {
    let results = try ModelStore(tracking).results(of: version).compactMap { result -> (ModelResult, String)? in
      // "AGENT/RISK in SCENARIO at severity S", as the tracking store names a desk.
      guard let behind = result.desk.firstRange(of: "/\(risk) in ") else { return nil }
      return (result, String(result.desk[behind.upperBound...]))
    }
    guard let run = results.first?.0.run, let store = try TrackingStore.read(tracking) else { return nil }
    let record = try store.run(run)
    try store.close()
    let desks = results.filter { $0.0.run == run }.map {
      Desk(market: $0.1, survival: $0.0.survival, low: $0.0.low, high: $0.0.high)
    }
    return StressVerdict(
      study: results[0].0.study, report: nil, time: record.map { Int(($0.end ?? $0.start) / 1000) }, isByBytes: true,
      desks: sorted(desks))
  }

  /// The last verdict on an agent of a study, found by the names of agent and profile in the newest finished report that has both;
  /// nil where none has.
  static func last(on agent: String, risk: String, _ reports: ReportLibrary) throws -> StressVerdict? {
    let newest = try reports.entries().filter { $0.facts.map { !$0.executes } ?? false }.sorted {
      ($0.time, $0.name) > ($1.time, $1.name)
    }
    for entry in newest.prefix(mostReports) {
      guard let name = WorkspaceName(entry.name),
        let summary = try? JSONDecoder().decode(Summary.self, from: Data(reports.file("summary.json", of: name)))
      else { continue }
      let desks = summary.desks.filter { $0.agent == agent && $0.risk == risk }
      guard !desks.isEmpty else { continue }
      return StressVerdict(
        study: summary.title, report: entry.name, time: entry.time, isByBytes: false,
        desks: sorted(
          desks.map { desk in
            Desk(
              market: "\(desk.scenario) at severity \(JSONWriter.number(desk.severity))", survival: desk.survival.value,
              low: desk.survival.low, high: desk.survival.high)
          }))
    }
    return nil
  }

  /// Reports that are looked through, at most.
  private static let mostReports = 100

  private static func sorted(_ desks: [Desk]) -> [Desk] {
    desks.sorted { ($0.survival ?? 2, $0.market) < ($1.survival ?? 2, $1.market) }
  }
}
