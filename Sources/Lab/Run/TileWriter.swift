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
  private var desks: [RunProgress.DeskCount]
  private var counts: HistogramCounts
  private let events: RunEvents?

  /// - Parameters:
  ///   - earlier: of each desk, the paths that earlier runs have finished.
  ///   - events: tells what happens; nil where nobody asked for it.
  init(
    _ store: ResultsStore, _ plan: RunPlan, jobs: Int, wantedPaths: Int64, finishedPaths: Int64,
    earlier: [Int: ResultsStore.DeskPaths], events: RunEvents?
  ) {
    self.store = store
    self.plan = plan
    self.jobs = jobs
    self.wantedPaths = wantedPaths
    self.finishedPaths = finishedPaths
    pending = plan.markets.map { _ in 0 }
    desks = plan.markets.flatMap(\.desks).map { desk in
      RunProgress.DeskCount(paths: earlier[desk.index]?.all ?? 0, ruined: earlier[desk.index]?.ruined ?? 0)
    }
    self.events = events
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
      desks[desk.index].ruined += count
      desks[desk.index].paths += range.count
    }
    let progress = progress
    report(progress)
    events?.tile(result.outcomes, of: plan.markets[market], progress, store)
  }

  /// Tells that the run begins, and what earlier runs have left.
  func begin(_ context: RunContext, in folder: ReportFolder, wanted: Range<Int64>) {
    events?.begin(context, plan, in: folder, wanted: wanted, progress, store)
  }

  private var progress: RunProgress {
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let rate = Double(pathsHere) / max(seconds, 1e-9)
    let left = Double(wantedPaths - finishedPaths)
    return RunProgress(
      finishedTiles: finishedTiles, tiles: jobs, finishedPaths: finishedPaths, wantedPaths: wantedPaths, rate: rate,
      secondsLeft: left > 0 ? left / rate : 0, weakest: weakest, desks: desks)
  }

  private var weakest: RunProgress.Weakest? {
    let severity = plan.severities.max() ?? 0
    let desks = plan.markets.filter { $0.severity == severity }.flatMap(\.desks).filter {
      self.desks[$0.index].paths > 0
    }
    func ruinShare(_ desk: Int) -> Double { Double(self.desks[desk].ruined) / Double(self.desks[desk].paths) }
    guard let worst = desks.max(by: { ruinShare($0.index) < ruinShare($1.index) }) else { return nil }
    let count = self.desks[worst.index]
    return RunProgress.Weakest(
      desk: "\(worst.agentName)/\(worst.riskName)", survived: count.paths - count.ruined, of: count.paths,
      confidence: finishedPaths >= wantedPaths ? plan.file.study.monteCarlo.intervalConfidence : nil)
  }
}
