import Foundation
import Lab
import Testing
import Tracking

/// A record that is kept while a run goes on never holds it up.
///
/// Seen before: a run that was on its way to a server that hung counted as delivered.
@Suite("Recording runs")
struct RunRecorderTests {
  /// A server that takes a request and says nothing until it is let go.
  private final class Hanging: HTTPExchange {
    let release = DispatchSemaphore(value: 0)
    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply {
      release.wait()
      throw HTTPFailure("it does not answer")
    }
  }

  private func client(_ exchange: any HTTPExchange) throws -> MLflowClient {
    MLflowClient(try MLflowAddress("http://mlflow.test", environment: [:]), over: exchange)
  }

  @Test("bring all figures to the store and to a server")
  func whole() throws {
    let (folder, server) = (try TrackedFolder(), MemoryMLflow())
    let sender = RunSender(folder.folder, to: try client(server))
    let recorder = RunRecorder(TrackedFolder.beginning(), in: folder.folder, sender: sender)
    let points = (1...300).map { MetricPoint("reward", Double($0), step: $0, time: Int64($0)) }
    for point in points.prefix(200) { recorder.add([point]) }
    // The end brings all of them again, as a training's log does.
    let run = try recorder.end(RunEnding(.finished, time: 900, metrics: points)).get()
    let outcome = sender.finish()
    #expect(outcome.problem == nil && outcome.losses.isEmpty)
    let store = try #require(try TrackingStore.read(folder.folder))
    #expect(try store.history(of: "reward", in: run).map(\.value) == points.map(\.value))
    #expect(server.runs.count == 1)
    #expect(server.runs.values.first?.metrics.count == 300)
    #expect(server.runs.values.first?.status == "FINISHED")
  }

  @Test("is waited for a moment where a server hangs; the store has all, and a push sends it")
  func hanging() throws {
    let (folder, exchange) = (try TrackedFolder(), Hanging())
    let sender = RunSender(folder.folder, to: try client(exchange))
    let recorder = RunRecorder(TrackedFolder.beginning(), in: folder.folder, sender: sender)
    for step in 1...1000 { recorder.add([MetricPoint("reward", 1, step: step, time: 1)]) }
    let run = try recorder.end(RunEnding(.finished, time: 900)).get()
    let outcome = sender.finish(patience: 60, grace: 0.05)
    #expect(outcome.problem == "http://mlflow.test does not answer")
    exchange.release.signal()
    let store = try #require(try TrackingStore.read(folder.folder))
    #expect(try store.history(of: "reward", in: run).count == 1000)
    #expect(try store.outstanding().map(\.run) == [run])
    let server = MemoryMLflow()
    // The hanging request has to be over first: one pusher at a time.
    _ = try RunPush(folder.folder, to: try client(server)).push(run)
    #expect(server.runs.values.first?.metrics.count == 1000)
    #expect(try store.outstanding().isEmpty)
  }

  @Test("leaves out what does not fit into its memory while the disk is stuck, and has it in the end")
  func bounded() throws {
    let folder = try TrackedFolder()
    // A file where the folder should be.
    try folder.write("tracking", "in the way")
    let recorder = RunRecorder(TrackedFolder.beginning(), in: folder.folder, sender: nil)
    let points = (0..<RunRecorder.capacity + 5000).map { MetricPoint("x", 1, step: $0, time: 1) }
    for start in stride(from: 0, to: points.count, by: 1000) { recorder.add(Array(points[start..<start + 1000])) }
    try FileManager.default.removeItem(atPath: folder.path("tracking"))
    let run = try recorder.end(RunEnding(.finished, time: 2, metrics: points)).get()
    let store = try #require(try TrackingStore.read(folder.folder))
    #expect(try store.history(of: "x", in: run).count == points.count)
  }

  @Test("says why there is no record")
  func noRecord() throws {
    let folder = try TrackedFolder()
    try folder.write("tracking", "in the way")
    let recorder = RunRecorder(TrackedFolder.beginning(), in: folder.folder, sender: nil)
    let result = recorder.end(RunEnding(.finished, time: 2))
    guard case .failure(let failure) = result else { return #expect(Bool(false), "\(result)") }
    #expect(failure.description.hasPrefix("\(folder.folder.path) cannot be made a folder"))
  }
}
