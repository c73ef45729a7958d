import Foundation
import Lab
import Testing
import Tracking

/// What a server gets, whatever happens on the way: each run, figure and file exactly once.
///
/// Seen to fail with: a run that is made without a look for one of its tag; figures noted as sent before the server has them.
@Suite("Pushing runs")
struct RunPushTests {
  private static let address = try? MLflowAddress("http://mlflow.test:5000", environment: [:])

  private static func push(_ folder: TrackedFolder, _ server: MemoryMLflow) throws -> RunPush {
    RunPush(folder.folder, to: MLflowClient(try #require(address), over: server))
  }

  private func expectWhole(_ server: MemoryMLflow, _ run: String, points: Int, _ comment: Comment? = nil) throws {
    let runs = server.runs
    #expect(runs.count == 3, comment)
    let parent = try #require(runs.first { $0.value.tags["stresslab.run"] == run }, comment)
    #expect(parent.value.metrics.count == points, comment)
    #expect(
      parent.value.metrics
        == Set(
          (0..<points).map {
            MemoryMLflow.Point(key: "loss", value: "\(Double($0) / 7)", step: $0, time: 1000 + $0)
          }), comment)
    #expect(parent.value.status == "FINISHED", comment)
    #expect(parent.value.parameters == ["lr": "0.0003"], comment)
    #expect(parent.value.tags["digest"] == "abc", comment)
    #expect(parent.value.inputs == ["d1"], comment)
    let desks = runs.values.filter { $0.tags["mlflow.parentRunId"] == parent.key }
    #expect(desks.map(\.name).sorted() == ["a/none", "b/none"], comment)
    for desk in desks {
      #expect(desk.metrics.map(\.value) == [desk.name == "a/none" ? "0.9" : "0.5"], comment)
      #expect(desk.tags["scenario"] == "crash", comment)
    }
  }

  @Test("bring a run with its desks within the limits of a call, and a second push brings nothing")
  func whole() throws {
    let (folder, server) = (try TrackedFolder(), MemoryMLflow())
    let run = try folder.finishedRun(points: 2500)
    #expect(try Self.push(folder, server).push(run) == [])
    try expectWhole(server, run, points: 2500)
    #expect(server.state.withLock { $0.largest.metrics } == 1000)
    let store = try #require(try TrackingStore.read(folder.folder))
    #expect(try store.outstanding(on: "http://mlflow.test:5000").isEmpty)
    let calls = server.calls
    _ = try Self.push(folder, server).push(run)
    #expect(
      server.state.withLock { $0.calls.dropFirst(calls).filter { $0.contains("create") || $0.contains("log") } }.isEmpty
    )
  }

  @Test(
    "end with every thing there once, whichever call fails in whichever way, after pushes are repeated",
    arguments: MemoryMLflow.Fault.allCases)
  func faults(fault: MemoryMLflow.Fault) throws {
    let (calm, first) = (MemoryMLflow(), try TrackedFolder())
    let run = try first.finishedRun(points: 1100)
    let untouched = try TrackedFolder(copying: first)
    _ = try Self.push(first, calm).push(run)
    #expect(calm.calls > 14)
    for number in 0..<calm.calls {
      let (folder, server) = (try TrackedFolder(copying: untouched), MemoryMLflow(faults: [number: fault]))
      #expect(throws: RunPush.Problem.self, "call \(number)") {
        // Where the answer of a call does not matter a cut one may pass.
        _ = try Self.push(folder, server).push(run)
        if fault == .half || fault == .page { throw RunPush.Problem.server(.away("passed")) }
      }
      _ = try Self.push(folder, server).push(run)
      try expectWhole(server, run, points: 1100, "call \(number), \(fault)")
    }
  }

  @Test("begin again where the server has forgotten the run")
  func forgotten() throws {
    let (folder, server) = (try TrackedFolder(), MemoryMLflow())
    let run = try folder.finishedRun(points: 10)
    _ = try Self.push(folder, server).push(run)
    let store = try TrackingStore.open(folder.folder)
    try store.end(run, RunEnding(.finished, time: 6000, tags: ["digest": "abc"]), artefacts: [])
    try store.close()
    server.state.withLock { $0.runs = [:] }
    _ = try Self.push(folder, server).push(run)
    let parent = try #require(server.runs.values.first { $0.tags["stresslab.run"] == run })
    #expect(parent.metrics.count == 10)
  }

  @Test("send files as they were, and say which are no longer that")
  func artefacts() throws {
    let (folder, server) = (try TrackedFolder(), MemoryMLflow())
    let store = try TrackingStore.open(folder.folder)
    let run = try store.begin(TrackedFolder.beginning())
    try folder.write("kept.txt", "hello")
    try folder.write("changed.txt", "other")
    let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    try store.end(
      run, RunEnding(.finished, time: 5000),
      artefacts: ["kept", "changed", "gone"].map {
        Artefact(path: "files/\($0).txt", file: folder.path("\($0).txt"), sha256: hash, bytes: 5)
      })
    let losses = try Self.push(folder, server).push(run)
    #expect(losses.count == 2)
    #expect(losses.contains { $0.contains("changed.txt is no longer what the run left") })
    #expect(losses.contains { $0.contains("gone.txt is gone") })
    #expect(server.runs.values.first?.files == ["files/kept.txt": Array("hello".utf8)])
  }

  @Test("cut what is too long and say so, and keep apart names that become the same")
  func limits() throws {
    let (folder, server) = (try TrackedFolder(), MemoryMLflow())
    let store = try TrackingStore.open(folder.folder)
    var parameters = ["long": String(repeating: "é", count: 7000), "a?b": "1", "a!b": "2", "../up": "3"]
    for number in 0..<250 { parameters["p\(number)"] = "\(number)" }
    let run = try store.begin(TrackedFolder.beginning(parameters: parameters))
    try store.add(
      [
        MetricPoint("nan", .nan, time: 1), MetricPoint("up", .infinity, time: 1),
        MetricPoint("down", -.infinity, time: 1),
      ], to: run)
    _ = try Self.push(folder, server).push(run)
    let there = try #require(server.runs.values.first)
    #expect(there.parameters.count == parameters.count)
    let long = try #require(there.parameters["long"])
    #expect(long.count <= 6000 && long.hasSuffix("(cut: 7000 characters; all of it is in the local record)"))
    #expect(there.tags["stresslab.cut"] == "long")
    #expect(Set([there.parameters["a_b"], there.parameters["a_b.2"]]) == ["1", "2"])
    #expect(there.parameters["up"] == "3")
    #expect(Set(there.metrics.map { "\($0.key) \($0.value)" }) == ["nan NaN", "up Infinity", "down -Infinity"])
  }

  @Test("prove who asks, and tell it nobody")
  func secrets() throws {
    let folder = try TrackedFolder()
    let run = try folder.finishedRun(points: 1)
    for (environment, text, header) in [
      (["MLFLOW_TRACKING_TOKEN": "s3cret"], "http://h:1", "Bearer s3cret"),
      (["MLFLOW_TRACKING_USERNAME": "me", "MLFLOW_TRACKING_PASSWORD": "s3cret"], "http://h:1/", "Basic bWU6czNjcmV0"),
      ([:], "http://me:s3cret@h:1", "Basic bWU6czNjcmV0"),
    ] {
      let address = try MLflowAddress(text, environment: environment)
      #expect(address.address == "http://h:1")
      #expect(!"\(address)".contains("s3cret"))
      let server = MemoryMLflow(faults: [3: .failed])
      do {
        _ = try RunPush(folder.folder, to: MLflowClient(address, over: server)).push(run)
      } catch {
        #expect(!"\(error)".contains("s3cret"))
      }
      #expect(server.state.withLock { $0.headers["Authorization"] } == header)
    }
    let store = try Data(contentsOf: URL(fileURLWithPath: folder.folder.store))
    #expect(store.range(of: Data("s3cret".utf8)) == nil)
    for wrong in ["sqlite:///x.db", "file:///tmp/x", "ftp://h", "mlruns", "", "http://", "http://me:s3cret@"] {
      #expect(throws: Refusal.self) { try MLflowAddress(wrong, environment: [:]) }
      if let error = #expect(throws: Refusal.self, performing: { try MLflowAddress(wrong, environment: [:]) }) {
        #expect(!error.description.contains("s3cret"))
      }
    }
  }
}
