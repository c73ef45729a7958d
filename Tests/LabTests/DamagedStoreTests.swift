import Foundation
import Lab
import Testing

/// Measured before: with one of 200 bytes changed, 47 stores gave another page, and with half of the outcomes changed,
/// `--resume` gave another summary under the digest of before.
@Suite("A damaged store")
struct DamagedStoreTests {
  /// A small finished run of its own.
  private final class FinishedRun: Sendable {
    let folder: TemporaryFolder
    let study: String
    let summary: Summary
    var path: String { folder.path("run") }
    var store: String { folder.path("run/results.sqlite") }

    init() throws {
      folder = try TemporaryFolder()
      study = try SmallScenario.write(to: folder)
      summary = try DamagedStoreTests.run(folder, study)
    }
  }

  private static let settings = RunSettings(paths: 16, agents: ["hold"], threads: 2, tile: 8)

  private static func run(_ folder: TemporaryFolder, _ study: String, resume: Bool = false) throws -> Summary {
    try RunnerTests.run(study, into: folder.path("run"), settings, resume: resume)
  }

  /// Whether a problem says that the store is damaged, or of another version where its version was hit.
  private static func isRefusal(_ error: any Error) -> Bool {
    switch error as? RunProblem {
    case .store(let problem): problem.kind == .damaged && problem.description.hasPrefix("the store is damaged: ")
    case .refused(let refusal): refusal.description.contains("written by another version")
    case nil: false
    }
  }

  /// Bytes all over the file, each with one or all of its bits turned.
  @Test("gives the summary of before or is refused, whichever of its bytes has changed", arguments: 0..<4)
  func everyByte(part: Int) throws {
    let run = try FinishedRun()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: run.store))
    let whole = try FileManager.default.subpathsOfDirectory(atPath: run.path).sorted()
    var state = UInt64(part + 1)
    var refusals = 0
    for number in 0..<75 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // The header and the schema too, which a draw over the whole file would hardly meet.
      let place = Int(state >> 24) % (number.isMultiple(of: 4) ? 4096 : bytes.count)
      let change = number.isMultiple(of: 2) ? UInt8(1 << (state >> 61)) : 0xFF
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: run.store))
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: [bytes[place] ^ change])
      try file.close()
      do {
        let summary = try ReportFolder(run.path).readSummary()
        #expect(summary == run.summary, "byte \(place) ^ \(change)")
      } catch {
        #expect(Self.isRefusal(error), "byte \(place) ^ \(change): \(error)")
        refusals += 1
      }
      #expect(try FileManager.default.subpathsOfDirectory(atPath: run.path).sorted() == whole, "byte \(place)")
      try bytes.write(to: URL(fileURLWithPath: run.store))
    }
    #expect(refusals > 25, "\(refusals) of 75")
  }

  static let changes = [
    "update outcomes set finalEquity = finalEquity * 1.5 where path % 2 = 0",
    "update outcomes set cause = 0, ruinStep = -1 where path = 3",
    "delete from outcomes where path = 5 and desk = 2",
    "insert into outcomes select * from (select * from outcomes) where 0 union all select 99, clone, desk, "
      + StoredColumn.outcomes.dropFirst(3).map(\.name).joined(separator: ", ") + " from outcomes where path = 3",
    "update meta set value = replace(value, 'Small', 'Large') where key = 'context'",
    "update meta set value = '15' where key = 'paths'",
    "update meta set value = replace(value, '1', '2') where key = 'samples'",
    "update meta set value = substr(value, 2) || substr(value, 1, 1) where key = 'digest'",
    "update meta set value = substr(value, 2) || substr(value, 1, 1) where key = 'fingerprint'",
    "delete from meta where key = 'samples'",
    "insert into meta values ('more', '1')",
    "update markets set severity = 2 where market = 1",
    "update desks set agent = 'cash' where desk = 1",
    "update parameters set unit = 'years'",
    "update draws set value = value * 1.01 where path = 2",
    "delete from draws where path = 15",
    "insert into draws select 16, parameter, value from draws where path = 15",
    "update tiles set paths = 7 where firstPath = 8",
    "update tiles set outcomes = replace(outcomes, 'a', 'b')",
    "update tiles set draws = null where draws is not null",
    "delete from tiles where firstPath = 8",
    "insert into tiles select 7, firstPath, paths, outcomes, draws, performance from tiles where market = 0",
    "update series set scale = scale * 2 where series = 0",
    "update bins set low = low * 2 where bin = 400",
    "update histograms set counts = (select counts from histograms where series = 0 and point = 1) where point = 2",
    "update histograms set seconds = seconds + 1 where series = 3",
    "delete from histograms where series = 1 and point > 3",
    "insert into histograms select 999, point, seconds, counts from histograms where series = 1",
    "insert into pendingHistograms values (0, 0, x'00')",
    "update traces set trace = replace(trace, '0.9', '0.8')",
    "update traces set path = path + 1",
    "delete from traces where desk = 3",
    "insert into behaviours values (0, '{}')",
    "insert into whatIfs values ('small', 1, 'depth', '/assets/*', 0.5, 'hold', 'none', 0, 8, 1, 1, 0)",
    "insert into rungs values ('small', 'hold', 'none', 0.5, 0, 8, 1)",
    "insert into ruins values (0, 'liquidation', 'fall', 2, 3)", "insert into movers values (0, 3, 'fall', 'event')",
    "update checksums set sha256 = substr(sha256, 2) || '0' where part = 'bins'",
    "update checksums set number = 77 where part = 'tiles' and number = 1",
    "delete from checksums where part = 'meta'",
    "delete from checksums",
    "insert into checksums values ('histograms', 999, '00')",
    "drop table traces", "drop table behaviours", "drop table rungs", "drop table ruins", "drop table movers",
    "drop view results", "drop table checksums",
    "drop table meta",
    "alter table traces rename column trace to story",
  ]

  @Test("is refused by report and by --resume, whatever was changed by hand in whichever table", arguments: changes)
  func everyTable(sql: String) throws {
    let run = try Self.finished.get()
    let folder = try TemporaryFolder()
    for name in ["study.json", "small.json", "run"] {
      try FileManager.default.copyItem(atPath: run.folder.path(name), toPath: folder.path(name))
    }
    let code = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as store:
          assert store.execute(sys.argv[2]).rowcount != 0, "nothing changed"
      print("done")
      """
    let done = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("run/results.sqlite"), sql])
    #expect(done == "done\n")
    let store = URL(fileURLWithPath: folder.path("run/results.sqlite"))
    let before = try Data(contentsOf: store)
    for resumes in [false, true] {
      let problem = #expect(throws: RunProblem.self, "\(resumes ? "resume" : "report")") {
        if resumes {
          _ = try Self.run(folder, folder.path("study.json"), resume: true)
        } else {
          _ = try ReportFolder(folder.path("run")).readSummary()
        }
      }
      if let problem { #expect(Self.isRefusal(problem), "\(problem)") }
    }
    #expect(try Data(contentsOf: store) == before)
  }

  private static let finished = Result { try FinishedRun() }

  @Test(
    "that lacks its end is told from another run, and --overwrite begins again",
    arguments: [0.0, 0.01, 0.3, 0.9, 0.999])
  func truncated(share: Double) throws {
    let run = try FinishedRun()
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: run.store))
    try file.truncate(atOffset: UInt64(Double(try file.seekToEnd()) * share))
    try file.close()
    // What a run writes at its end says that an empty store is no new one.
    try run.folder.write("run/manifest.json", "{}")
    let problem = #expect(throws: RunProblem.self) { try Self.run(run.folder, run.study, resume: true) }
    #expect(problem.map(Self.isRefusal) == true, "\(String(describing: problem))")
    #expect(problem.map { "\($0)".hasSuffix(". --overwrite begins again") } == true)
    let again = try RunnerTests.run(
      run.study, into: run.path, Self.settings, overwrite: true)
    #expect(again == run.summary)
  }

  @Test(
    "that a process left which was killed in its first moment is no run: with and without --resume one begins in it",
    arguments: [false, true], ["", "log"])
  func firstMoment(resume: Bool, left: String) throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    try FileManager.default.createDirectory(atPath: folder.path("run"), withIntermediateDirectories: true)
    if left.isEmpty {
      try folder.write("run/results.sqlite", "")
    } else {
      let code = """
        import os, sqlite3, sys
        store = sqlite3.connect(sys.argv[1], isolation_level=None)
        store.execute("pragma journal_mode = wal")
        store.execute("pragma cache_size = 1")
        store.execute("begin")
        for table in range(200): store.execute(f"create table t{table} (a text)")
        os._exit(0)
        """
      _ = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("run/results.sqlite")])
      #expect(FileManager.default.fileExists(atPath: folder.path("run/results.sqlite-wal")))
    }
    let summary = try Self.run(folder, study, resume: resume)
    #expect(summary.run.digest == (try Self.finished.get().summary.run.digest))
  }
}
