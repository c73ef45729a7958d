import Foundation
import Trading

/// A finished run with those columns of its outcomes that a comparison reads.
struct ComparedRun: Sendable {
  let context: RunContext
  /// The run's paths.
  let paths: Range<Int64>
  let outcomes: OutcomeTables

  /// What a comparison reads of each desk.
  static let columns: [MeasureColumn] =
    [.fact(.cause), .fact(.finalEquity)] + MeasureColumn.costs(Measures.ExecutionCost.isCounted)
    + MeasureColumn.notionals(.filled) + DeskOutcomes.impairmentColumns

  /// Reads a report's store, after all its checksums.
  init(_ folder: ReportFolder) throws(RunProblem) {
    guard FileManager.default.fileExists(atPath: folder.store) else {
      throw .refused(Refusal("\(folder.path) holds no run: there is no results.sqlite"))
    }
    (context, paths, outcomes) = try RunProblem.atStore { () throws(StoreProblem) in
      try folder.refuseLinks()
      if case .nothing = try ResultsStore.contents(at: folder.store) { throw .damaged(folder.store, "it is empty") }
      let store = try ResultsStore.open(at: folder.store, columns: StoredColumn.outcomes, for: .reading)
      try store.verify()
      let context = try store.context()
      let paths: Range<Int64>
      do throws(StoreProblem) {
        paths = try store.finishedRange(markets: context.markets.count)
      } catch {
        throw error.kind == .unfit ? StoreProblem("\(folder.path): \(error.description)", .unfit) : error
      }
      let outcomes = try OutcomeTables(
        store, columns: Self.columns, level: context.recovery.level, desks: context.desks.count, paths: paths.count)
      try store.closeAsItIs()
      return (context, paths, outcomes)
    }
  }
}

extension ComparedRun {
  /// The paths of a scenario that both runs have lived through, or why there is none that is the same in both.
  func pairing(with other: ComparedRun, scenario name: String) -> DeskComparison.Pairing {
    let (ours, theirs) = (context, other.context)
    guard ours.seed == theirs.seed else { return .unpaired("the seeds are \(ours.seed) and \(theirs.seed)") }
    guard ours.streamVersion == theirs.streamVersion else {
      return .unpaired("the versions of the random streams are \(ours.streamVersion) and \(theirs.streamVersion)")
    }
    guard let one = scenario(name), let two = other.scenario(name), one.sha256 == two.sha256,
      one.facts.parameters == two.facts.parameters, one.facts.clock == two.facts.clock,
      one.facts.assets == two.facts.assets
    else { return .unpaired("the files of \(name) are not the same") }
    let (data, otherData) = (dataFiles, other.dataFiles)
    guard data.isSubset(of: otherData) || data.isSuperset(of: otherData) else {
      return .unpaired("the recorded data are not the same")
    }
    guard paths.overlaps(other.paths) else {
      return .unpaired("they have no path in common (\(Self.text(paths)) and \(Self.text(other.paths)))")
    }
    return .paired(paths.clamped(to: other.paths))
  }

  private func scenario(_ name: String) -> (sha256: String, facts: ScenarioSummary)? {
    guard let facts = context.scenarios.first(where: { $0.name == name }),
      let file = context.files.first(where: { $0.role == .scenario && $0.name == facts.file })
    else { return nil }
    return (file.sha256, facts)
  }

  private var dataFiles: Set<String> { Set(context.files.filter { $0.role == .data }.map(\.sha256)) }

  private static func text(_ paths: Range<Int64>) -> String { "\(paths.lowerBound)…\(paths.upperBound - 1)" }
}
