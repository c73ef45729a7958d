import Lanes
import Markets
import Threads
import Trading

/// Lives through paths of markets on one thread, for nothing but who is ruined; its state never leaves it.
final class RuinWorker: JobWorker {
  /// Neighbouring paths of one market, by its place in a list.
  struct Job: Sendable {
    let market: Int
    let paths: Range<Int64>
  }

  private let markets: [LivedMarket]
  private let jobs: [Job]
  private var workplaces: [Size: Workplace] = [:]

  private struct Size: Hashable {
    let market, groups: Int
  }

  private final class Workplace {
    let tile: MarketTile
    let panel: PanelTile

    init(_ lived: LivedMarket, groups: Int) {
      tile = lived.market.makeTile(groups: groups)
      panel = PanelTile(lived.desks, market: lived.market.description, terms: lived.terms, groups: groups)
    }
  }

  private init(markets: [LivedMarket], jobs: [Job]) {
    self.markets = markets
    self.jobs = jobs
  }

  /// The jobs of some markets, by their places in a list, on the same paths.
  static func jobs(_ markets: [Int], _ paths: Range<Int64>, tile: Int) -> [Job] {
    markets.flatMap { market in
      Replays.parts(paths, groups: Int64(tile / Lanes.count)).map { Job(market: market, paths: $0) }
    }
  }

  /// The numbers of the ruined paths of each desk of each market, ascending, `[market][desk]`; nil where it was given up.
  static func ruined(
    _ markets: [LivedMarket], jobs: [Job], threads: Int, shouldStop: @escaping @Sendable () -> Bool
  ) -> [[[Int64]]]? {
    var ruined = markets.map { $0.desks.map { _ in [Int64]() } }
    guard !jobs.isEmpty else { return ruined }
    let done = OrderedJobs<RuinWorker>(count: jobs.count, threads: min(threads, jobs.count)).run(
      makeWorker: { RuinWorker(markets: markets, jobs: jobs) }, shouldStop: shouldStop,
      deliver: { job, paths in
        for (desk, own) in paths.enumerated() { ruined[jobs[job].market][desk] += own }
      })
    return done == jobs.count ? ruined : nil
  }

  /// Ruined paths of each desk; nil where it was given up.
  func run(_ number: Int, shouldStop: () -> Bool) -> [[Int64]]? {
    let job = jobs[number]
    let first = job.paths.lowerBound & ~7
    let size = Size(market: job.market, groups: (Int(job.paths.upperBound - first) + Lanes.count - 1) / Lanes.count)
    let place = workplaces[size] ?? Workplace(markets[job.market], groups: size.groups)
    workplaces[size] = place
    let clock = markets[job.market].market.description.clock
    guard place.tile.reset(firstPath: UInt64(first), shouldStop: shouldStop) else { return nil }
    place.panel.reset(place.tile)
    for _ in 0..<clock.warmupSteps + clock.steps {
      if shouldStop() { return nil }
      place.tile.advance()
      place.panel.advance(place.tile)
    }
    return place.panel.desks.map { desk in
      job.paths.filter { desk.outcome(path: Int($0 - first), number: $0).cause != .none }
    }
  }
}
