import Lanes
import Markets
import Statistics
import Trading

/// When the events of a market happen, from its first 1,024 paths.
///
/// Their steps are made only where an event waits for prices, so that its start is in them, or changes correlations; then
/// fewer paths of a market of very many steps, 64 at least, so that looking takes no longer than a second or two.
struct EventTimes: Sendable {
  /// Paths that are looked at, at most.
  private static let mostPaths = 1024
  /// Sub-steps of assets that are made for it, at most, where that leaves 64 paths.
  private static let mostSubsteps = 1 << 25
  /// Paths that were looked at: always the same ones, whatever the run's range; all of a file that has fewer.
  let paths: Int

  /// One event's moments in steps from t = 0, over the paths on which it starts before the horizon.
  struct Moments: Sendable {
    var start: [Double] = []
    var trough: [Double] = []
    var windowEnd: [Double] = []
  }

  /// By event.
  private(set) var events: [Moments]
  /// By event: how assets move together through it, where it changes that; else nothing.
  private(set) var correlations: [[PairCorrelation]]
  /// By asset, where an event can halt trading; else nothing.
  private(set) var halts: [HaltLine] = []
  /// From the earliest event's start to its window's end.
  private var earliest: [Double] = []

  /// A share of the paths that were looked at; of one, which is all that there is, without an interval.
  static func share(_ count: Int, of paths: Int) -> Estimate {
    let share = Proportion(count, of: paths).estimate()
    return paths == 1 ? share.withoutIntervals : share
  }

  /// Nil for a market without events.
  init?(_ market: Market) {
    let count = market.description.events.count
    guard count > 0 else { return nil }
    let horizon = Double(market.description.clock.steps)
    events = Array(repeating: Moments(), count: count)
    var measured: [(event: Int, correlations: EventCorrelations)] = market.eventTraits.enumerated().compactMap {
      event, traits in
      traits.correlates.isEmpty
        ? nil : (event, EventCorrelations(market.description, event: event, assets: traits.correlates))
    }
    correlations = Array(repeating: [], count: count)
    let waits = !measured.isEmpty || market.eventTraits.contains(where: \.waitsForPrices)
    let description = market.description
    let length = (description.clock.warmupSteps + description.clock.steps) * description.substeps
    let affordable = Self.mostSubsteps / max(1, length * description.assets.count)
    let most = waits ? min(Self.mostPaths, max(64, affordable / 8 * 8)) : Self.mostPaths
    let groups = waits ? min(32, most / Lanes.count, WarmupMemory.groups(market.description)) : 32
    // Of paths that are all the same one tells all.
    paths = description.isSameOnEveryPath ? 1 : min(most, description.pathCount ?? most)
    let tile = market.makeTile(groups: groups)
    var halted = tile.canHalt ? HaltCounts(description, paths: groups * Lanes.count) : nil
    for firstPath in stride(from: 0, to: paths, by: groups * Lanes.count) {
      if waits {
        tile.reset(firstPath: UInt64(firstPath))
        for _ in 0..<market.description.clock.warmupSteps + market.description.clock.steps {
          tile.advance()
          for index in measured.indices { measured[index].correlations.add(tile, paths: paths - firstPath) }
          halted?.add(tile)
        }
        halted?.end(paths: paths - firstPath)
      } else {
        tile.resetEvents(firstPath: UInt64(firstPath))
      }
      let starts = events.indices.map { tile.eventStart($0) }
      let troughs = events.indices.map { tile.eventTrough($0) }
      let ends = events.indices.map { tile.eventWindowEnd($0) }
      for path in 0..<min(groups * Lanes.count, paths - firstPath) {
        let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
        var first = (start: Double.infinity, end: Double.infinity)
        for event in events.indices {
          let start = starts[event][group][lane]
          let end = ends[event][group][lane]
          guard start < horizon else { continue }
          events[event].start.append(start)
          events[event].trough.append(troughs[event][group][lane])
          events[event].windowEnd.append(end)
          if start < first.start { first = (start, end) }
        }
        if first.start < horizon { earliest.append(first.end - first.start) }
      }
    }
    halts = halted?.lines ?? []
    for (event, found) in measured { correlations[event] = found.lines(market.description) }
  }

  /// A long window of the event that recovery is watched from, in steps: 95 % of paths have a shorter one.
  func longWindow(_ clock: RecoveryClock) -> Double? {
    let lengths: [Double]
    if case .event(let event) = clock {
      lengths = zip(events[event].windowEnd, events[event].start).map { $0 - $1 }
    } else {
      lengths = earliest
    }
    return lengths.isEmpty ? nil : SortedSample(lengths).quantile(0.95).value
  }
}
