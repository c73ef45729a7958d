import Foundation
import Lab
import Tracking

/// A tracking folder of its own for a test, gone when the test is over.
final class TrackedFolder: Sendable {
  let url: URL
  let folder: TrackingFolder

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-track-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = TrackingFolder(url.appendingPathComponent("tracking").path)
  }

  /// A copy of another, as it is now.
  init(copying other: TrackedFolder) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-track-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: other.url, to: url)
    folder = TrackingFolder(url.appendingPathComponent("tracking").path)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// A run with so many figures that has ended, with two desks.
  func finishedRun(points: Int = 2500, name: String = "study") throws -> String {
    let store = try TrackingStore.open(folder)
    let run = try store.begin(Self.beginning(name: name))
    try store.add((0..<points).map { MetricPoint("loss", Double($0) / 7, step: $0, time: 1000 + Int64($0)) }, to: run)
    let parts = ["a/none", "b/none"].map { desk in
      RunEnding.Part(
        name: desk, parameters: ["agent": String(desk.prefix(1))], tags: ["scenario": "crash"],
        metrics: [MetricPoint("survival", desk == "a/none" ? 0.9 : 0.5, time: 5000)])
    }
    try store.end(run, RunEnding(.finished, time: 5000, tags: ["digest": "abc"], parts: parts), artefacts: [])
    try store.close()
    return run
  }

  static func beginning(
    name: String = "study", identity: String = "same", isResumed: Bool = false,
    parameters: [String: String] = ["lr": "0.0003"]
  ) -> RunBeginning {
    RunBeginning(
      .stress, name: name, identity: identity, experiment: "stresslab-stress", parameters: parameters,
      tags: ["study": name],
      datasets: { [Dataset(name: "bars.csv", digest: "d1", source: "fixtures/bars.csv", context: "data")] },
      isResumed: isResumed, start: 1000)
  }
}
