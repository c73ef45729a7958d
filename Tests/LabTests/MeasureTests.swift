import Foundation
import Lab
import Testing
import Trading

/// Every measure from outcome rows to the number in the summary, against pandas, scipy, statsmodels and lifelines
/// (`fixtures/measures/generate.py`).
///
/// The rows are written into the store of a run by the store's own writer, in place of the run's; a summary is made of
/// them. They hold ruin before, in and after impairment and after recovery, censoring, ties, losses exactly on a limit,
/// desks of which nobody is impaired, ruined or trades, one of which all are lost, and each desk's calm twin.
@Suite("Measures")
struct MeasureTests {
  /// The summaries of the fixture's rows, by the level of recovery; made once.
  private static let summaries = Result { try RecoveryLevel.allCases.map { ($0.rawValue, try summary($0.rawValue)) } }
  private static let fixture = Result { try JSONDecoder().decode(JSON.self, from: Data(contentsOf: fixtureURL)) }
  private static let fixtureURL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "fixtures/measures/measures.json")

  /// The summary that is made of the fixture's rows.
  private static func summary(_ level: Double) throws -> JSON {
    let fixture = try Self.fixture.get()
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Rows", "scenarios": ["small.json"], "severities": [0, 1],
        "account": { "equity": 1000 }, "recovery": { "level": \(level) },
        "panel": { "busy": { "model": "flat" }, "idle": { "model": "flat" }, "lost": { "model": "flat" } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 60, "seed": 7 } }
      """)
    _ = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 1))
    let path = folder.path("run/results.sqlite")
    let code = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as store:
          for table in ("outcomes", "tiles"): store.execute("delete from " + table)
      """
    _ = try folder.run("/usr/bin/env", ["python3", "-c", code, path])
    let store = try ResultsStore.open(at: path, columns: StoredColumn.outcomes)
    let names = fixture["columns"].elements.compactMap(\.string)
    let columns = Dictionary(uniqueKeysWithValues: OutcomeColumn.all.map { ($0.name, $0) })
    for market in 0..<2 {
      var batch = OutcomeBatch(columns: StoredColumn.outcomes.count)
      for values in fixture["rows"].elements {
        let row = Dictionary(uniqueKeysWithValues: zip(names, values.elements.compactMap(\.double)))
        let (path, desk) = (try #require(row["path"]), try #require(row["desk"]))
        guard Int(desk) / 3 == market else { continue }
        var outcome = OutcomeRow(path: Int64(path), desk: Int32(desk))
        outcome[.startEquity] = 1000
        for (name, value) in row {
          if let column = columns[name] { outcome[column] = value }
        }
        batch.append(outcome)
      }
      try store.commit([
        StoreCommit(tile: FinishedTile(market: market, firstPath: 0, paths: 60), outcomes: batch, histograms: [])
      ])
    }
    let json = try Summary(store).json()
    try store.close()
    return try JSONDecoder().decode(JSON.self, from: json)
  }

  /// Planted mistakes, each seen to fail under its measure's name. Fees left out of the execution cost; impact in event
  /// windows alone; recovered paths
  /// counted as unimpaired too; drift left out of the cost terms; their windows swapped; the desk taken for its own calm
  /// twin; ruin at the start of its step; ruin after a while counted as survival; a loss exactly on a limit counted as
  /// survived; steps for seconds under water; wanted over filled notional; ruined paths left out of the mean return; each
  /// cause counted with those after it; paths still impaired at the horizon left out of the recovery times; those that end in
  /// their own step left out; recovery over all paths; the worst tenth for the worst twentieth; equity for returns;
  /// quantiles in another order; other bins.
  @Test(
    "a measure's value in the summary is what other software makes of the same rows",
    arguments: Measures.catalogue.filter { !$0.isOfPerformance && !$0.isOfExecution }.map(\.name))
  func value(_ measure: String) throws {
    let figures = try Self.fixture.get()["figures"].elements.filter { $0["measure"].string == measure }
    #expect(figures.count == 2 * 6, "fixtures/measures/generate.py says nothing of it")
    for figure in figures {
      let (level, desk) = (try #require(figure["level"].double), Int(try #require(figure["desk"].double)))
      let summary = try #require(Self.summaries.get().first { $0.0 == level }).1
      let found = summary["desks"].elements[desk][measure]
      let differences = found.differences(from: figure["expected"], to: 1e-9)
      #expect(differences.isEmpty, "desk \(desk), level \(level): \(differences.prefix(5).joined(separator: "; "))")
    }
  }

  /// A measure that reads a column without naming it would find none in a run of that measure alone.
  @Test("a measure reads the columns that it names and no others", arguments: Measures.catalogue.indices)
  func columns(_ index: Int) {
    func estimate<M: Measure>(_ measure: M) -> Bool {
      let all = OutcomeTable(Measures.columns, count: 2) { _ in [0, 0] }
      let context = MeasureContext(
        startEquity: 1, stepSeconds: 1, steps: 2, ruin: RuinSummary(equityBelow: 0.5, monitored: .withinStep),
        confidence: 0.95, calm: all.only(measure.columns),
        performance: PerformanceTerms(stepsPerYear: 8, benchmark: 0), execution: ExecutionTerms(gross: 1))
      return measure.estimate(DeskOutcomes(all.only(measure.columns), context), context) != nil
    }
    let isEstimated = estimate(Measures.catalogue[index])
    #expect(isEstimated)
  }

  @Test("no two measures share a key, and each says its definition in a line")
  func listed() {
    let names = Measures.catalogue.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Measures.catalogue.allSatisfy { !$0.definition.isEmpty && !$0.title.isEmpty && !$0.columns.isEmpty })
    let lines = Measures.lines
    #expect(lines.map(\.name) == names)
    for (measure, line) in zip(Measures.catalogue, lines.map(\.text)) {
      #expect(line.hasPrefix(measure.name) && line.hasSuffix(measure.definition))
      #expect(line.contains(measure.unit.rawValue))
    }
  }

  @Test("the four states of recovery add up to one")
  func states() throws {
    for (_, summary) in try Self.summaries.get() {
      for desk in summary["desks"].elements {
        let shares = ["unimpaired", "recovered", "ruined", "unresolved"].compactMap {
          desk["recoveryStates"][$0]["value"].double
        }
        #expect(shares.count == 4 && abs(shares.reduce(0, +) - 1) < 1e-12)
      }
    }
  }
}
