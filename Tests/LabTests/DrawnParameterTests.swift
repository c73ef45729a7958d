import Foundation
import Lab
import Testing

/// What was drawn for each path, as people find it in the store.
@Suite("Drawn parameters")
struct DrawnParameterTests {
  /// The rows of a query as Python's sqlite3 reads them, a line each, values between bars.
  private static func rows(_ folder: TemporaryFolder, _ run: String, _ query: String) throws -> [String] {
    let code = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print("|".join(repr(value) for value in row))
      """
    return try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("\(run)/results.sqlite"), query])
      .split(separator: "\n").map(String.init)
  }

  private static let all = "select scenario, path, pointer, value from drawn order by scenario, path, pointer"

  /// Planted mistakes: the first path of a tile taken for that of its first lane; the draws of the last market written.
  @Test("each path's draws are in the store once, the same however the run is cut, and at every severity")
  func cut() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    _ = try RunnerTests.run(study, into: folder.path("whole"), RunSettings(threads: 2))
    let whole = try Self.rows(folder, "whole", Self.all)
    // start, drop and the share that recovers: the other numbers of the crash are fixed.
    #expect(whole.count == 200 * 3)
    _ = try RunnerTests.run(
      study, into: folder.path("cut"), RunSettings(paths: 99, firstPath: 101, threads: 2, tile: 64))
    _ = try RunnerTests.run(study, into: folder.path("cut"), RunSettings(paths: 101, threads: 1), resume: true)
    #expect(try Self.rows(folder, "cut", Self.all) == whole)
    let stressed = RunSettings(severities: [1], threads: 2)
    _ = try RunnerTests.run(study, into: folder.path("stressed"), stressed)
    #expect(try Self.rows(folder, "stressed", Self.all) == whole)
  }

  @Test("what a replayed path drew is what the store says it drew")
  func replayed() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let summary = try RunnerTests.run(
      study, into: folder.path("run"), RunSettings(paths: 40, firstPath: 101, threads: 2))
    for desk in summary.desks {
      let trace = try #require(desk.worstPath)
      let stored = try Self.rows(
        folder, "run", "select pointer, value from drawn where path = \(trace.path) and scenario = '\(desk.scenario)'")
      let drawn = trace.parameters.map { "'\($0.path)'|\($0.value)" }
      #expect(stored.sorted() == drawn.sorted(), "path \(trace.path)")
    }
  }

  @Test("no column stands twice where the outcomes are joined with their desks, and the view has a row for each")
  func joins() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    _ = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    let code = """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      for query in sys.argv[2:]: print(",".join(column[0] for column in store.execute(query).description))
      """
    let found = try folder.run(
      "/usr/bin/env",
      [
        "python3", "-c", code, folder.path("run/results.sqlite"), "select * from outcomes join desks using (desk)",
        "select * from results join drawn using (scenario, path)", "select * from results",
      ]
    ).split(separator: "\n").map { $0.split(separator: ",") }
    #expect(found.count == 3)
    for columns in found { #expect(Set(columns).count == columns.count) }
    #expect(found[2].map(String.init) == ResultsView.columns.map(\.name))
    #expect(try Self.rows(folder, "run", "select count(*) from results") == ["\(16 * 12)"])
    let named = try Self.rows(folder, "run", "select distinct cause from results order by cause")
    #expect(Set(named).isSubset(of: ["'none'", "'liquidation'", "'zeroEquity'", "'equityBelow'"]) && !named.isEmpty)
    let never = try Self.rows(
      folder, "run",
      """
      select count(*) from results r join outcomes o using (path, desk) join desks using (desk) join markets using (market)
      where (o.ruinStep < 0) != (r.ruinSeconds is null) or r.ruinSeconds != (o.ruinStep + 1) * stepSeconds
        or abs(r.finalReturn - (o.finalEquity / o.startEquity - 1)) > 1e-12
      """)
    #expect(never == ["0"])
  }
}
