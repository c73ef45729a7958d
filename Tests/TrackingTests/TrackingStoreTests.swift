import Foundation
import GRDB
import Lab
import Testing
import Tracking

/// The store against SQLite itself, read by another connection.
///
/// Seen to fail with: a resumed run that begins a record of its own; a figure that replaces the one of its step.
@Suite("Store of tracked runs")
struct TrackingStoreTests {
  private func rows(_ folder: TrackedFolder, _ sql: String) throws -> [Row] {
    try DatabaseQueue(path: folder.folder.store).read { try Row.fetchAll($0, sql: sql) }
  }

  @Test("holds what a run was asked, rests on, came to and has made")
  func whole() throws {
    let folder = try TrackedFolder()
    let run = try folder.finishedRun(points: 20)
    let store = try #require(try TrackingStore.read(folder.folder))
    let record = try #require(try store.run(run))
    #expect(record.kind == .stress && record.status == .finished && record.start == 1000 && record.end == 5000)
    let details = try store.details(of: run)
    #expect(details.parameters == ["lr": "0.0003"])
    #expect(details.tags == ["study": "study", "digest": "abc"])
    #expect(details.datasets == [Dataset(name: "bars.csv", digest: "d1", source: "fixtures/bars.csv", context: "data")])
    #expect(details.latest["loss"] == MetricPoint("loss", 19.0 / 7, step: 19, time: 1019))
    #expect(try store.history(of: "loss", in: run).map(\.value) == (0..<20).map { Double($0) / 7 })
    #expect(try store.parts(of: run).map(\.name) == ["a/none", "b/none"])
    let good = try rows(folder, "SELECT scenario, survival FROM desks WHERE survival > 0.8")
    #expect(good.map { $0["scenario"] as String } == ["crash"])
    #expect(try store.runs(named: String(run.prefix(6))).map(\.id) == [run])
  }

  @Test("takes up the record of a run that goes on, and begins one for any other")
  func resumed() throws {
    let folder = try TrackedFolder()
    let store = try TrackingStore.open(folder.folder)
    let first = try store.begin(TrackedFolder.beginning(identity: "x"))
    try store.add([MetricPoint("reward", 1, step: 1, time: 10)], to: first)
    try store.end(first, RunEnding(.killed, time: 20), artefacts: [])
    let again = try store.begin(TrackedFolder.beginning(identity: "x", isResumed: true))
    #expect(again == first)
    #expect(try store.run(first)?.status == .running)
    // The update after the checkpoint is made again, and is the same.
    try store.add(
      [MetricPoint("reward", 7, step: 1, time: 30), MetricPoint("reward", 2, step: 2, time: 40)], to: first)
    #expect(try store.history(of: "reward", in: first).map(\.value) == [1, 2])
    #expect(try store.begin(TrackedFolder.beginning(identity: "x")) != first)
    #expect(try store.begin(TrackedFolder.beginning(identity: "y", isResumed: true)) != first)
    #expect(try store.runs().count == 3)
  }

  @Test("replaces the figures of desks that a run has lived through further, and keeps the desks")
  func further() throws {
    let folder = try TrackedFolder()
    let run = try folder.finishedRun(points: 1)
    let store = try TrackingStore.open(folder.folder)
    let desk = try #require(try store.parts(of: run).first)
    try store.end(
      run,
      RunEnding(
        .finished, time: 9000,
        parts: [
          .init(name: desk.name, parameters: [:], tags: [:], metrics: [MetricPoint("survival", 0.7, time: 9000)])
        ]), artefacts: [])
    #expect(try store.parts(of: run).count == 2)
    #expect(try store.details(of: desk.id).latest["survival"]?.value == 0.7)
  }

  @Test("keeps figures that are not finite")
  func notFinite() throws {
    let folder = try TrackedFolder()
    let store = try TrackingStore.open(folder.folder)
    let run = try store.begin(TrackedFolder.beginning())
    try store.add(
      [MetricPoint("a", .nan, time: 1), MetricPoint("b", .infinity, time: 1), MetricPoint("c", -.infinity, time: 1)],
      to: run)
    let latest = try store.details(of: run).latest
    #expect(latest["a"]?.value.isNaN == true)
    #expect(latest["b"]?.value == .infinity && latest["c"]?.value == -.infinity)
  }

  @Test("refuses what is no store of ours, and leaves it as it was")
  func foreign() throws {
    for (text, sql) in [("no database", nil), (nil, "CREATE TABLE mine (x)"), (nil, "CREATE TABLE meta (key, value)")] {
      let folder = try TrackedFolder()
      try FileManager.default.createDirectory(atPath: folder.folder.path, withIntermediateDirectories: true)
      if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: folder.folder.store)) }
      if let sql { try DatabaseQueue(path: folder.folder.store).write { try $0.execute(sql: sql) } }
      #expect(throws: StoreProblem.self) { try TrackingStore.open(folder.folder) }
      #expect(throws: StoreProblem.self) { try TrackingStore.read(folder.folder) }
      if let text { #expect(FileManager.default.contents(atPath: folder.folder.store) == Data(text.utf8)) }
    }
    let folder = try TrackedFolder()
    #expect(try TrackingStore.read(folder.folder) == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.folder.path))
  }

  @Test("is read where nobody may write, and is not asked to be of another version")
  func versions() throws {
    let folder = try TrackedFolder()
    _ = try folder.finishedRun(points: 1)
    try DatabaseQueue(path: folder.folder.store).write { try $0.execute(sql: "UPDATE meta SET value = '99'") }
    let problem = #expect(throws: StoreProblem.self) { try TrackingStore.read(folder.folder) }
    #expect(problem?.kind == .unfit)
    #expect(problem?.description.contains("schema 99, this one reads 1") == true)
  }

  @Test("takes the figures of several writers at once, none lost")
  func writers() throws {
    let folder = try TrackedFolder()
    let failures = LockedCount()
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      do {
        for round in 0..<20 {
          let store = try TrackingStore.open(folder.folder)
          let run = try store.begin(TrackedFolder.beginning(identity: "w\(writer)", isResumed: true))
          try store.add([MetricPoint("x", Double(round), step: round, time: 1)], to: run)
          try store.close()
        }
      } catch {
        failures.add()
      }
    }
    #expect(failures.value == 0)
    let counts = try rows(folder, "SELECT COUNT(*) AS n FROM metrics GROUP BY run").map { $0["n"] as Int }
    #expect(counts == [20, 20, 20, 20])
  }
}

/// A count that several threads add to.
final class LockedCount: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0
  func add() { lock.withLock { count += 1 } }
  var value: Int { lock.withLock { count } }
}
