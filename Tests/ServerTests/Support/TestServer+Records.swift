import Agents
import Foundation
import Lab
import MarketData
import Pipeline
import Testing
import Tracking

extension TestServer {
  /// Puts a model of two versions on record: made by a training with a curve, judged, and the second one promoted.
  ///
  /// - Returns: the training's identifier.
  @discardableResult
  func addAgent(_ name: String = "calm") throws -> String {
    let folder = try #require(context.tracking)
    let store = try TrackingStore.open(folder)
    let run = try store.begin(
      RunBeginning(
        .training, name: "\(name)/seed-1", identity: "one", experiment: "training",
        parameters: ["seed": "1", "document": "scenarios/training/calm.json"],
        tags: ["validation.measure": "growth", "folder": "agents/\(name)"],
        datasets: { [Dataset(name: "bars.csv", digest: "d1", source: "fixtures/<bars>.csv", context: "data")] },
        isResumed: false, start: 1_700_000_000_000))
    let points = (1...20).flatMap { step in
      [
        MetricPoint("meanReturn", Double(step) / 8, step: step, time: 1000),
        MetricPoint("approximateKL", 0.01, step: step, time: 1000),
      ]
    }
    let validations = [5, 10, 15].map { MetricPoint("validation", Double($0) / 100, step: $0, time: 1000) }
    try store.add(points + validations, to: run)
    try store.end(
      run, RunEnding(.finished, time: 1_700_000_060_000, metrics: [MetricPoint("bestValidation", 0.15, time: 1)]),
      artefacts: [])
    try store.close()
    let models = ModelStore(folder)
    for number in 1...2 {
      let files = try agentFiles(number)
      _ = try models.register(files, as: name, run: run, documents: "abc", validation: "growth 0.1\(number)")
    }
    let versions = try models.versions(of: name)
    try models.promote(versions[1], as: "champion", isForced: false, reason: "not worse & tested")
    try models.note(
      ModelCheck(
        study: "gate", champion: 1, version: 2, time: 1_700_000_070_000, isWorse: false, verdict: "passes <all>"),
      of: name, in: "here")
    return run
  }

  /// A shipped agent whose document ends with so many empty lines: other bytes for each number.
  private func agentFiles(_ number: Int) throws -> AgentFiles {
    let source = ShippedAgents.folders[0]
    for name in AgentFiles.names {
      var bytes = try #require(try ShippedAgents.contents("\(source)/\(name)"))
      if name == SavedAgent.documentName { bytes += Array(repeating: UInt8(ascii: "\n"), count: number) }
      let file = workspace.url.appendingPathComponent("made-\(number)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    return try AgentFiles(workspace.path("made-\(number)"))
  }

  /// Puts hourly bars into the data folder: so many, one of them missing, wider from a bar on.
  func addData(_ name: String, bars count: Int = 700, wilder from: Int = .max) throws {
    var series = BarSeries()
    for index in 0..<count where index != 100 {
      let width = index >= from ? 0.03 : 0.01
      let close = 100 * (1 + width * (Double((index * 7919 + 13) % 1009) / 1009 - 0.5))
      series.append(
        Bar(
          time: 1_577_836_800_000 + Int64(index) * 3_600_000, open: close, high: close * 1.01, low: close * 0.99,
          close: close, volume: 5 + Double(index * 6007 % 997)))
    }
    let raw = try RawDataset(context.data, #require(DatasetName(name)))
    _ = try raw.take(
      BarRows.csv([BarRows(series)]), from: "bars.csv", rows: series.count, replace: false, now: 1_700_000_000_000)
    _ = try ProcessedBars.make(from: raw)
  }
}
