import Lanes
import Markets
import Threads
import Trading

/// Does tiles on one thread; its state never leaves it.
final class TileWorker: JobWorker {
  private let markets: [PlannedMarket]
  private let jobs: [TileJob]
  /// Lane groups of a tile, at most.
  private let groups: Int
  private var workplaces: [Size: Workplace] = [:]
  private var counts: HistogramCounts

  /// A market and how many lane groups of it are lived through at once.
  private struct Size: Hashable {
    let market, groups: Int
  }

  /// What a market needs to be lived through.
  private final class Workplace {
    let tile: MarketTile
    let panel: PanelTile
    var fans: FanRecorder
    /// Nil where the horizon is too short for it.
    var performance: PerformanceRecorder?

    init(_ planned: PlannedMarket, groups: Int) {
      let description = planned.market.description
      tile = planned.market.makeTile(groups: groups)
      panel = PanelTile(planned.desks, market: description, terms: planned.terms, groups: groups)
      fans = FanRecorder(planned, groups: groups)
      performance = PerformanceRecorder(planned, groups: groups)
    }
  }

  init(markets: [PlannedMarket], jobs: [TileJob], groups: Int) {
    self.markets = markets
    self.jobs = jobs
    self.groups = groups
    counts = HistogramCounts(slots: markets.map(\.fans.slots).max() ?? 0)
  }

  /// Lives through the paths of a job, all desks side by side.
  ///
  /// - Returns: nil where it was given up, between two steps of the tile.
  func run(_ number: Int, shouldStop: () -> Bool) -> TileResult? {
    let job = jobs[number]
    let planned = markets[job.market]
    // The last tile of a run may be narrower: lanes that nobody wants are not made.
    let lanes = Int(job.paths.upperBound - job.firstLane)
    let size = Size(market: job.market, groups: min(groups, (lanes + Lanes.count - 1) / Lanes.count))
    let place = workplaces[size] ?? Workplace(planned, groups: size.groups)
    workplaces[size] = place
    let clock = planned.market.description.clock
    let skipped = Int(job.paths.lowerBound - job.firstLane)
    let wanted = skipped..<skipped + job.paths.count

    counts.clear()
    guard place.tile.reset(firstPath: UInt64(job.firstLane), shouldStop: shouldStop) else { return nil }
    place.panel.reset(place.tile)
    place.fans.reset(wanted: wanted, eventStart: planned.eventStart(place.tile), counts: &counts)
    place.performance?.reset(place.panel.desks, hasWarmup: clock.warmupSteps > 0)
    for _ in 0..<clock.warmupSteps + clock.steps {
      if shouldStop() { return nil }
      place.tile.advance()
      place.panel.advance(place.tile)
      place.fans.record(place.tile, desks: place.panel.desks, &counts)
      place.performance?.record(step: place.tile.step, place.panel.desks)
    }

    var batch = OutcomeBatch(columns: StoredColumn.outcomes.count)
    batch.reserve(rows: wanted.count * place.panel.desks.count)
    var ruined = Array(repeating: 0, count: place.panel.desks.count)
    for path in wanted {
      for (index, desk) in place.panel.desks.enumerated() {
        let row = desk.outcome(path: path, number: job.firstLane + Int64(path))
        if row.cause != .none { ruined[index] += 1 }
        batch.append(row)
      }
    }
    let draws = planned.drawn.map { drawn in
      DrawBatch(
        paths: job.paths, firstParameter: drawn.firstNumber,
        values: wanted.flatMap { place.tile.parameters(ofPath: $0).map(\.value) })
    }
    return TileResult(
      job: job, outcomes: batch, histograms: counts.encoded, draws: draws,
      performance: place.performance?.rows(wanted, firstLane: job.firstLane), ruined: ruined)
  }
}
