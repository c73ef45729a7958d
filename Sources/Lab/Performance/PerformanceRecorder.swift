import Lanes
import Trading

/// Adds up the returns of one market's desks while a tile lives through it; confined to one worker.
struct PerformanceRecorder {
  private let groups: Int
  private let steps: Int
  private let startEquity: Double
  private let desks: [Desk]
  /// The place of the benchmark among the desks; nil without one.
  private let benchmark: Int?
  /// `[desk * groups + group]`.
  private var tracks: [ReturnTrack]
  /// Returns so far.
  private var count = 0

  /// Nil for a market whose horizon is too short.
  init?(_ planned: PlannedMarket, groups: Int) {
    guard let terms = planned.performance else { return nil }
    self.groups = groups
    steps = planned.market.description.clock.steps
    startEquity = planned.terms.startEquity
    desks = planned.desks
    benchmark = terms.benchmark.map { $0 - planned.deskNumbers.lowerBound }
    tracks = Array(repeating: ReturnTrack(), count: planned.desks.count * groups)
  }

  /// Starts a tile; the desks have been reset.
  mutating func reset(_ desks: [DeskTile], hasWarmup: Bool) {
    for index in tracks.indices { tracks[index] = ReturnTrack() }
    count = 0
    if !hasWarmup { hold(desks) }
  }

  /// Takes a close, after all desks have lived through the step.
  mutating func record(step: Int, _ desks: [DeskTile]) {
    guard step >= -1 else { return }
    if step >= 0 { add(desks) }
    if step < steps - 1 { hold(desks) }
  }

  private mutating func add(_ desks: [DeskTile]) {
    count += 1
    let perCount = 1 / Double(count)
    for group in 0..<groups {
      var deviation = Lanes.zero
      if let benchmark {
        let track = tracks[benchmark * groups + group]
        deviation = track.deviation(track.simpleReturn(to: desks[benchmark].equityRatio(group: group)))
      }
      for (index, desk) in desks.enumerated() {
        let place = index * groups + group
        let close = desk.equityRatio(group: group)
        tracks[place].add(
          tracks[place].simpleReturn(to: close), close: close, perCount: perCount, benchmark: deviation)
      }
    }
  }

  private mutating func hold(_ desks: [DeskTile]) {
    for (index, desk) in desks.enumerated() {
      for group in 0..<groups { tracks[index * groups + group].hold(leverage: desk.grossLeverage(group: group)) }
    }
  }

  /// The rows of some paths of the tile, path by path and desk by desk.
  ///
  /// - Parameters:
  ///   - wanted: counted from the tile's first path.
  ///   - firstLane: that path's number.
  func rows(_ wanted: Range<Int>, firstLane: Int64) -> OutcomeBatch {
    let columns = PerformanceColumn.allCases.map { (column: $0, isReal: $0.type == .real) }
    var batch = OutcomeBatch(columns: StoredColumn.performance.count)
    batch.reserve(rows: wanted.count * desks.count)
    for path in wanted {
      let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
      let benchmark = benchmark.map { tracks[$0 * groups + group] }
      for (index, desk) in desks.enumerated() {
        batch.append(UInt64(bitPattern: firstLane + Int64(path)))
        batch.append(UInt64(bitPattern: Int64(desk.index)))
        for (column, isReal) in columns {
          let value = tracks[index * groups + group].value(
            column, lane: lane, count: count, startEquity: startEquity, benchmark: benchmark)
          precondition(value.isFinite, "Invariant: what closes add up to is a number")
          batch.append(isReal ? value.bitPattern : UInt64(bitPattern: Int64(value)))
        }
      }
    }
    return batch
  }
}
