import Lanes
import Markets
import Threads
import Trading

/// Lives through paths of rungs on one thread, for nothing but who is ruined; its state never leaves it.
final class LadderWorker: JobWorker {
  /// Neighbouring paths of one rung, by its place in the plan.
  struct Job: Sendable {
    let rung: Int
    let paths: Range<Int64>
  }

  private let rungs: [LadderPlan.Rung]
  private let jobs: [Job]
  private var workplaces: [Size: Workplace] = [:]

  private struct Size: Hashable {
    let rung, groups: Int
  }

  private final class Workplace {
    let tile: MarketTile
    let panel: PanelTile

    init(_ rung: LadderPlan.Rung, groups: Int) {
      tile = rung.market.makeTile(groups: groups)
      panel = PanelTile(rung.desks, market: rung.market.description, terms: rung.terms, groups: groups)
    }
  }

  init(rungs: [LadderPlan.Rung], jobs: [Job]) {
    self.rungs = rungs
    self.jobs = jobs
  }

  /// Ruined paths of each desk; nil where it was given up.
  func run(_ number: Int, shouldStop: () -> Bool) -> [Int]? {
    let job = jobs[number]
    let first = job.paths.lowerBound & ~7
    let size = Size(rung: job.rung, groups: (Int(job.paths.upperBound - first) + Lanes.count - 1) / Lanes.count)
    let place = workplaces[size] ?? Workplace(rungs[job.rung], groups: size.groups)
    workplaces[size] = place
    let clock = rungs[job.rung].market.description.clock
    guard place.tile.reset(firstPath: UInt64(first), shouldStop: shouldStop) else { return nil }
    place.panel.reset(place.tile)
    for _ in 0..<clock.warmupSteps + clock.steps {
      if shouldStop() { return nil }
      place.tile.advance()
      place.panel.advance(place.tile)
    }
    return place.panel.desks.map { desk in
      job.paths.count { desk.outcome(path: Int($0 - first), number: $0).cause != .none }
    }
  }
}
