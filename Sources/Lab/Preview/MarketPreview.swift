import Documents
import Foundation
import Lanes
import Markets
import Randomness
import Statistics

/// A scenario's market by itself, before anybody trades in it: what a run would say of it, and how its returns are without
/// events.
package struct MarketPreview: Sendable {
  /// The market at severity 0 and as written, as a run tells it; nobody trades in it.
  package let summary: Summary
  /// The stylised facts of each asset on the twin without events, in the order of the assets' names.
  package let facts: [AssetFacts]

  /// The facts of an asset.
  package struct AssetFacts: Sendable {
    /// Its name.
    package let asset: String
    /// In the catalogue's order.
    package let facts: [FactEstimate]
  }

  /// Paths of a preview unless told otherwise.
  package static let standardPaths = 1000
  /// About how many returns of an asset the facts are taken from.
  private static let returns = 20_000
  /// The study that it is run under: an agent that does nothing.
  private static let study = """
    {"stresslab": "study/1", "title": "Preview", "severities": [0, 1], "panel": {"nobody": {"model": "flat"}},
     "risk": {"none": {"rules": {}}}, "monteCarlo": {"paths": 1000, "seed": 1}}
    """
  private static let studyPath = FileContents.builtIn + "studies/preview.json"

  /// Looks at a scenario.
  ///
  /// - Throws: `Problems` for what is wrong in the document, `Refusal` for paths that cannot be run, `RunProblem` where the
  ///   system failed.
  package init(
    _ path: String, paths: Int?, seed: UInt64, contents: @escaping FileContents.Reader = FileContents.read
  ) throws {
    let file = try StudyFile(
      reading: [path], under: Self.studyPath, repository: nil,
      contents: { (path) throws(SystemFault) in
        path == Self.studyPath ? Array(Self.study.utf8) : try contents(path)
      })
    let plan = try RunPlan(file, RunSettings(paths: paths ?? Self.standardPaths, seed: seed))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-preview-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let ending = try Runner(plan, into: ReportFolder(folder.path), gitRevision: nil).run(
      resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
    guard case .finished(let summary) = ending else {
      preconditionFailure("Invariant: nobody stops a preview")
    }
    self.summary = summary
    facts = try Self.facts(file.scenarios[0].scenario, seed: seed)
  }

  /// The bars of the first paths as written, or at another severity: for files that others read.
  ///
  /// - Parameter give: gets path, step (from 1; 0 is the start), asset and bar.
  package static func bars(
    of scenario: Scenario, severity: Double, seed: UInt64, paths: Int, give: (Int, Int, String, AssetStep, Int) -> Void
  ) throws(FormViolation) {
    let market = try Market(scenario: scenario, severity: severity, seed: seed)
    let clock = scenario.clock
    let names = scenario.assets.map(\.name)
    let tile = market.makeTile(groups: 1)
    for first in stride(from: 0, to: paths, by: Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      for _ in 0..<clock.warmupSteps { tile.advance() }
      for step in 1...max(1, clock.steps) {
        tile.advance()
        for lane in 0..<min(Lanes.count, paths - first) {
          for (asset, name) in names.enumerated() { give(first + lane, step, name, tile.bars[asset], lane) }
        }
      }
    }
  }

  /// The facts of the twin without events. Of many steps a few paths tell as much as many paths of few.
  private static func facts(_ scenario: Scenario, seed: UInt64) throws(FormViolation) -> [AssetFacts] {
    let steps = scenario.clock.steps
    let count = min(512, max(16, (returns / max(steps, 1) + 7) / 8 * 8))
    var closes = scenario.assets.map { _ in Array(repeating: [Double](), count: count) }
    var volumes = closes
    try bars(of: scenario, severity: 0, seed: seed, paths: count) { path, _, name, bar, lane in
      guard let asset = scenario.assets.firstIndex(where: { $0.name == name }) else { return }
      closes[asset][path].append(bar.close[lane])
      volumes[asset][path].append(bar.volume[lane])
    }
    let streams = RandomStreams(seed: seed, namespace: .report)
    return scenario.assets.enumerated().map { index, asset in
      let series = zip(closes[index], volumes[index]).map { closes, volumes in
        let prices = [asset.price] + closes
        return ReturnSeries(
          returns: zip(prices, closes).map { Glibc.log($1 / $0) },
          volumes: volumes.allSatisfy { $0 > 0 } ? volumes : nil)
      }
      return AssetFacts(
        asset: asset.name, facts: FactEstimate.ofPaths(series, key: streams.key("preview/facts/\(asset.name)")))
    }
  }
}
