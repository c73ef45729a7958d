import Documents
import Foundation
import Lanes
import Markets
import Randomness
import Statistics
import Threads

/// A scenario's market by itself, before anybody trades in it: what a run would say of it, and how its returns are without
/// events.
package struct MarketPreview: Sendable {
  /// The market at severity 0 and at that of the preview, as a run tells it; nobody trades in it.
  package let summary: Summary
  /// How severe its events are: 1 as written.
  package let severity: Double
  /// The stylised facts of each asset on the twin without events, in the order of the assets' names.
  package let facts: [AssetFacts]

  /// The facts of an asset.
  package struct AssetFacts: Sendable {
    /// Its name.
    package let asset: String
    /// In the catalogue's order.
    package let facts: [FactEstimate]
  }

  /// Paths of a preview unless told otherwise, or all of a file that has fewer: 1,000 of a market of up to five assets, and of one
  /// with more as many as have as many bars in all, 200 at least.
  package static func standardPaths(assets: Int) -> Int { max(200, min(1000, 5_000 / max(assets, 1))) }
  /// About how many returns of all assets together the facts are taken from, and of each at least.
  private static let (returns, fewestReturns) = (20_000, 1_500)
  /// The study that it is run under: an agent that does nothing.
  private static func study(_ severity: Double) -> String {
    let severities = severity == 0 ? "0" : "0, \(JSONWriter.number(severity))"
    return """
      {"stresslab": "study/1", "title": "Preview", "severities": [\(severities)], "panel": {"nobody": {"model": "flat"}},
       "risk": {"none": {"rules": {}}}, "monteCarlo": {"paths": 1000, "seed": 1}}
      """
  }
  private static let studyPath = FileContents.builtIn + "studies/preview.json"

  /// Looks at a scenario; nil where it was stopped.
  ///
  /// - Throws: `Problems` for what is wrong in the document, and for one that is no scenario; `Refusal` for paths that cannot be
  ///   run; `RunProblem` where the system failed.
  package init?(
    _ path: String, paths: Int?, severity: Double = 1, seed: UInt64,
    contents: @escaping FileContents.Reader = FileContents.read, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    self.severity = severity
    let study = Array(Self.study(severity).utf8)
    try Self.refuseOthers(path, contents)
    let file = try StudyFile(
      reading: [path], under: Self.studyPath, repository: nil,
      contents: { (path) throws(SystemFault) in
        path == Self.studyPath ? study : try contents(path)
      })
    let known = file.scenarios[0].scenario.movement.pathCount ?? .max
    let standard = Self.standardPaths(assets: file.scenarios[0].scenario.assets.count)
    let settings = RunSettings(paths: paths ?? min(standard, known), seed: seed)
    let plan = try RunPlan(file, settings)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-preview-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let ending = try Runner(plan, into: ReportFolder(folder.path), gitRevision: nil).run(
      resume: false, overwrite: false, shouldStop: shouldStop, report: { _ in })
    guard case .finished(let summary) = ending else { return nil }
    self.summary = summary
    facts = try Self.facts(file.scenarios[0].scenario, seed: seed, threads: settings.threads)
  }

  /// A study names its scenarios, and a training its markets: neither is one market.
  private static func refuseOthers(_ path: String, _ contents: @escaping FileContents.Reader) throws(Problems) {
    let root = try DocumentLoader(contents: contents).load(path).root
    guard let kind = ["study", "training"].first(where: { root["stresslab"]?.string?.hasPrefix($0) ?? false }) else {
      return
    }
    throw Problems(
      Problem(position: SourcePosition(file: path), message: "expected a scenario, found a \(kind)"))
  }

  /// A bar of one path.
  package struct PathBar: Sendable {
    /// The path's number, from 0; the step, from 1; the place of the asset in the order of names.
    package let path, step, asset: Int
    /// Prices at the open and the close, and the furthest between them; quote currency.
    package let open, high, low, close: Double
    /// What others trade in the step, units.
    package let volume: Double
    /// A fraction of the mid.
    package let halfSpread: Double
    /// Units that move the price by 1 %.
    package let depth: Double
  }

  /// The bars of a scenario's first paths, path by path of eight, in the order of time.
  ///
  /// - Parameter give: gets bar after bar, until it says false.
  package static func bars(
    of scenario: Scenario, severity: Double, seed: UInt64, paths: Int, give: (PathBar) -> Bool
  ) throws(FormViolation) {
    let tile = try Market(scenario: scenario, severity: severity, seed: seed).makeTile(groups: 1)
    let clock = scenario.clock
    for first in stride(from: 0, to: paths, by: Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      for _ in 0..<clock.warmupSteps { tile.advance() }
      for step in 1..<clock.steps + 1 {
        tile.advance()
        for lane in 0..<min(Lanes.count, paths - first) {
          for (asset, bar) in tile.bars.enumerated() {
            let found = PathBar(
              path: first + lane, step: step, asset: asset, open: bar.open[lane], high: bar.high[lane],
              low: bar.low[lane], close: bar.close[lane], volume: bar.volume[lane], halfSpread: bar.halfSpread[lane],
              depth: bar.depth[lane])
            guard give(found) else { return }
          }
        }
      }
    }
  }

  /// The facts of the twin without events. Of many steps a few paths tell as much as many paths of few; of paths that are all
  /// the same one, in blocks of its returns.
  private static func facts(_ scenario: Scenario, seed: UInt64, threads: Int) throws(FormViolation) -> [AssetFacts] {
    let description = try Market(scenario: scenario, severity: 0, seed: seed).description
    let (isOne, scales) = (description.isSameOnEveryPath, description.scales)
    let wanted = max(returns / max(scenario.assets.count, 1), fewestReturns)
    let most = (wanted / max(scenario.clock.steps, 1) + 7) / 8 * 8
    let count = isOne ? 1 : min(512, max(16, most), description.pathCount ?? .max)
    var closes = scenario.assets.map { asset in Array(repeating: [asset.price], count: count) }
    var volumes = scenario.assets.map { _ in Array(repeating: [Double](), count: count) }
    try bars(of: scenario, severity: 0, seed: seed, paths: count) { bar in
      closes[bar.asset][bar.path].append(bar.close)
      volumes[bar.asset][bar.path].append(bar.volume)
      return true
    }
    let streams = RandomStreams(seed: seed, namespace: .report)
    let assets = scenario.assets
    let (closesOf, volumesOf) = (closes, volumes)
    return orderedMap(assets.count, threads: threads) { index in
      let asset = assets[index]
      let key = streams.key("preview/facts/\(asset.name)")
      let series = zip(closesOf[index], volumesOf[index]).map {
        ReturnSeries(closes: $0, volumes: $1, scales[index])
      }
      return AssetFacts(
        asset: asset.name,
        facts: count == 1 ? FactEstimate.ofRecorded(series[0], key: key) : FactEstimate.ofPaths(series, key: key))
    }
  }
}
