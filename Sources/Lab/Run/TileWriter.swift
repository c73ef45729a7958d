/// Writes finished tiles to the store, on one thread and in their order.
final class TileWriter {
  private let store: ResultsStore
  private let plan: RunPlan
  private let jobs: Int
  private let wantedPaths: Int64
  private var finishedPaths: Int64
  private var finishedTiles = 0
  private let start = ContinuousClock.now
  private var pathsHere: Int64 = 0
  /// Tiles of each market whose counts wait to be folded in.
  private var pending: [Int]
  /// Ruined paths of each desk, of those that are finished.
  private var ruined: [Int]
  private var paths: [Int]
  private var counts: HistogramCounts

  /// - Parameter earlier: of each desk, the paths that earlier runs have finished.
  init(
    _ store: ResultsStore, _ plan: RunPlan, jobs: Int, wantedPaths: Int64, finishedPaths: Int64,
    earlier: [Int: ResultsStore.DeskPaths]
  ) {
    self.store = store
    self.plan = plan
    self.jobs = jobs
    self.wantedPaths = wantedPaths
    self.finishedPaths = finishedPaths
    pending = plan.markets.map { _ in 0 }
    let desks = plan.markets.flatMap(\.desks)
    ruined = desks.map { earlier[$0.index]?.ruined ?? 0 }
    paths = desks.map { earlier[$0.index]?.all ?? 0 }
    counts = HistogramCounts(slots: plan.markets.map(\.fans.slots).max() ?? 0)
  }

  /// Commits a tile and tells how far the run is.
  func take(_ result: TileResult, _ report: (RunProgress) -> Void) throws(StoreProblem) {
    let market = result.job.market
    let range = result.job.paths
    try store.commit([
      StoreCommit(
        tile: FinishedTile(market: market, firstPath: range.lowerBound, paths: Int64(range.count)),
        outcomes: result.outcomes, histograms: result.histograms, draws: result.draws,
        performance: result.performance)
    ])
    pending[market] += 1
    if pending[market] >= ResultsStore.pendingTiles {
      try store.consolidate(plan.markets[market].fans, market: market, using: &counts)
      pending[market] = 0
    }
    finishedTiles += 1
    finishedPaths += Int64(range.count)
    pathsHere += Int64(range.count)
    for (desk, count) in zip(plan.markets[market].desks, result.ruined) {
      ruined[desk.index] += count
      paths[desk.index] += range.count
    }
    report(progress)
  }

  private var progress: RunProgress {
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let rate = Double(pathsHere) / max(seconds, 1e-9)
    return RunProgress(
      finishedTiles: finishedTiles, tiles: jobs, finishedPaths: finishedPaths, wantedPaths: wantedPaths, rate: rate,
      secondsLeft: Double(wantedPaths - finishedPaths) / rate, weakest: weakest)
  }

  private var weakest: RunProgress.Weakest? {
    let severity = plan.severities.max() ?? 0
    let desks = plan.markets.filter { $0.severity == severity }.flatMap(\.desks).filter { paths[$0.index] > 0 }
    func ruinShare(_ desk: Int) -> Double { Double(ruined[desk]) / Double(paths[desk]) }
    guard let worst = desks.max(by: { ruinShare($0.index) < ruinShare($1.index) }) else { return nil }
    return RunProgress.Weakest(
      desk: "\(worst.agentName)/\(worst.riskName)", survived: paths[worst.index] - ruined[worst.index],
      of: paths[worst.index],
      confidence: finishedPaths >= wantedPaths ? plan.file.study.monteCarlo.intervalConfidence : nil)
  }
}
