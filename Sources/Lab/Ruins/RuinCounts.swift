import Lanes
import Markets
import Threads
import Trading

/// Finds at the end of a run when each ruined path was ruined, and on some of them what did it; the threads change no
/// number.
struct RuinCounts: Sendable {
  let markets: [PlannedMarket]
  let threads: Int

  /// What the store keeps of it.
  struct Tables: Sendable {
    var ruins: [StoredRuins] = []
    var movers: [StoredMover] = []
  }

  /// Ruined paths of a desk that are lived through again, at most: its first ones.
  static let mostMovers = 64
  /// Groups of eight paths of a market that are lived through again for all of its desks, at most.
  private static let mostOctets = 128
  /// Paths whose outcomes are in memory at once.
  private static let chunk: Int64 = 4_096
  /// Lane groups of a tile that is made for its events alone.
  private static let groups: Int64 = 32

  /// Cause and moment of ruin.
  private struct Kind: Hashable {
    let cause: RuinCause
    let time: Time
  }

  /// When a path was ruined, in a word and in steps.
  private struct Time: Hashable {
    let moment: RuinMoment
    var stepsAfter: Int?
  }

  /// Of all desks, from the outcomes that the store holds.
  func tables(_ store: ResultsStore, paths: Range<Int64>) throws(StoreProblem) -> Tables {
    var counts: [Int: [Kind: Int]] = [:]
    var picked = markets.map { _ in Picks() }
    let market = Dictionary(
      markets.flatMap { market in market.desks.map { ($0.index, market.number) } },
      uniquingKeysWith: { first, _ in first })
    var next = paths.lowerBound
    while next < paths.upperBound {
      let end = min(next + Self.chunk, paths.upperBound)
      let ruined = try store.ruinedPaths(in: next..<end)
      next = end
      let own = markets.map { planned in ruined.filter { market[$0.desk] == planned.number } }
      let planned = markets
      let jobs = markets.indices.flatMap { number in
        Dictionary(grouping: own[number]) { $0.path / (8 * Self.groups) }.sorted { $0.key < $1.key }
          .map { (market: number, ruined: $0.value) }
      }
      let times = orderedMap(jobs.count, threads: threads) { job in
        Self.times(of: jobs[job].ruined, planned[jobs[job].market])
      }
      for (job, times) in zip(jobs, times) {
        for (ruin, time) in zip(job.ruined, times) {
          counts[ruin.desk, default: [:]][Kind(cause: ruin.cause, time: time), default: 0] += 1
          picked[job.market].take(ruin, time.moment)
        }
      }
    }
    var tables = Tables()
    for (desk, own) in counts.sorted(by: { $0.key < $1.key }) {
      for cause in RuinCause.allCases {
        for moment in RuinMoment.allCases {
          let rows = own.filter { $0.key.cause == cause && $0.key.time.moment == moment }
            .sorted { $0.key.time.stepsAfter ?? -1 < $1.key.time.stepsAfter ?? -1 }
          tables.ruins += rows.map { kind, count in
            StoredRuins(desk: desk, cause: cause, moment: moment, stepsAfter: kind.time.stepsAfter, paths: count)
          }
        }
      }
    }
    tables.movers = movers(picked)
    return tables
  }

  /// The ruined paths of a market that are lived through again.
  private struct Picks {
    private(set) var octets: [Int64: [(ruin: RuinedPath, moment: RuinMoment)]] = [:]
    private var count: [Int: Int] = [:]
    private var isFull = false

    /// Takes a path, where its desk has too few yet and there is room; they come in the order of the paths.
    mutating func take(_ ruin: RuinedPath, _ moment: RuinMoment) {
      guard !isFull, count[ruin.desk, default: 0] < RuinCounts.mostMovers else { return }
      let octet = ruin.path >> 3
      if octets[octet] == nil, octets.count == RuinCounts.mostOctets {
        isFull = true
        return
      }
      octets[octet, default: []].append((ruin, moment))
      count[ruin.desk, default: 0] += 1
    }
  }

  /// When some paths of a market that lie in one tile were ruined.
  private static func times(of ruined: [RuinedPath], _ planned: PlannedMarket) -> [Time] {
    let description = planned.market.description
    guard planned.severity > 0, !description.events.isEmpty, let first = ruined.map(\.path).min() else {
      return ruined.map { _ in Time(moment: .withoutEvents) }
    }
    let start = first / (8 * groups) * 8 * groups
    let last = ruined.map(\.path).max() ?? first
    let tile = planned.market.makeTile(groups: Int((last - start) / 8 + 1))
    // The starts of events that answer prices are in the prices.
    if planned.market.eventTraits.contains(where: \.waitsForPrices) {
      tile.reset(firstPath: UInt64(start))
      for _ in 0..<description.clock.warmupSteps + description.clock.steps { tile.advance() }
    } else {
      tile.resetEvents(firstPath: UInt64(start))
    }
    let starts = description.events.indices.map { tile.eventStart($0) }
    let troughs = description.events.indices.map { tile.eventTrough($0) }
    return ruined.map { ruin in
      let (group, lane) = Int(ruin.path - start).quotientAndRemainder(dividingBy: Lanes.count)
      let events = zip(starts, troughs).map { (start: $0[group][lane], trough: $1[group][lane]) }
      return Time(
        moment: .of(step: ruin.step, events: events, description.clock),
        stepsAfter: RuinMoment.stepsAfterStart(step: ruin.step, starts: events.map(\.start)))
    }
  }

  /// What took most on the picked paths, desk by desk in the order of the paths.
  private func movers(_ picks: [Picks]) -> [StoredMover] {
    let jobs = picks.enumerated().flatMap { market, picks in
      picks.octets.sorted { $0.key < $1.key }.map { (market: market, octet: $0.key, ruined: $0.value) }
    }
    let markets = markets
    return orderedMap(jobs.count, threads: threads) { number in
      let job = jobs[number]
      let planned = markets[job.market]
      let movers = Replay(planned: planned, firstPath: job.octet << 3).movers(of: job.ruined.map(\.ruin))
      return zip(job.ruined, movers).compactMap { picked, mover in
        mover.map { StoredMover(desk: picked.ruin.desk, path: picked.ruin.path, moment: picked.moment, mover: $0) }
      }
    }.joined().sorted { ($0.desk, $0.path) < ($1.desk, $1.path) }
  }
}

extension Replay {
  /// Steps from which a price's volatility is told, at least, so that jumps stand out; after ruin nothing is held.
  private static let leastSteps = 255

  /// What took most from the account up to ruin, on some ruined paths of the eight: the cause with the largest loss from
  /// t = 0 on; nil where none lost anything.
  fileprivate func movers(of ruined: [RuinedPath]) -> [EquityCause?] {
    let numbers = Set(ruined.map(\.desk)).sorted()
    let panel = makePanel(planned.desks.filter { numbers.contains($0.index) })
    for desk in panel.desks { desk.recordFills() }
    let description = planned.market.description
    let start = planned.terms.startEquity
    let lanes = ruined.map { Int($0.path & 7) }
    let desks = ruined.map { ruin in panel.desks[numbers.firstIndex(of: ruin.desk) ?? 0] }
    var breakdowns = lanes.map { EquityBreakdown(description, planned.terms, lane: $0) }
    let assets = description.assets.indices
    live(panel) { tile in
      guard tile.step >= 0 else { return }
      let isLast = tile.step == description.clock.steps - 1
      for (index, ruin) in ruined.enumerated() where tile.step <= max(ruin.step, Self.leastSteps) {
        let (desk, lane) = (desks[index], lanes[index])
        // Closing out at the horizon can ruin too.
        let equity =
          isLast
          ? desk.outcome(path: lane, number: ruin.path)[.finalEquity] : desk.equityRatio(group: 0)[lane] * start
        breakdowns[index].add(
          tile, fills: desk.fills(path: lane), positions: assets.map { desk.account.positions[$0].quantity[lane] },
          equity: equity)
      }
    }
    return breakdowns.map { breakdown in
      let jumps = EquityBreakdown.Jumps(breakdown.steps, canJump: planned.market.jumps, clock: description.clock)
      var losses: [EquityCause: Double] = [:]
      for part in breakdown.parts(description, jumps) { losses[part.cause, default: 0] += part.change }
      let worst = EquityCause.allCases.filter { (losses[$0] ?? 0) < 0 }.min { (losses[$0] ?? 0) < (losses[$1] ?? 0) }
      return worst
    }
  }
}
