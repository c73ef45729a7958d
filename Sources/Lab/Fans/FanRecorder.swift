import Lanes
import Markets
import Statistics
import Trading

/// Counts one market's fans while a tile lives through it; confined to one worker.
///
/// Times of the clock are counted as the tile passes them. Around the event every path has its own time; where that is first
/// known when the event comes, a history of the steps before it is counted then.
struct FanRecorder {
  private let times: FanTimes
  private let groups: Int
  private let bins = HistogramCounts.bins
  private let onClock: [FanReading]
  private let aroundEvent: [FanReading]
  /// What relative quantities were before the event, one for each of `aroundEvent`; nil for the others.
  private var references: [FanReference?]
  /// Lanes of each group that are paths of the run.
  private var wanted: [Range<Int>]
  /// Step in which the event starts on each path, `groups · 8`; `never` where it doesn't.
  private var eventStep: [Int]
  /// The steps in which some path of each group is at a point of its event's time; nil: none ever is.
  private var eventSteps: [ClosedRange<Int>?]
  /// What was read last, `[group]`.
  private var values: ContiguousArray<Lanes>
  /// The paths that are at a point of their event's time in the step at hand.
  private var passing: [Passing] = []
  /// Where the event's start is not known when a path begins; nil elsewhere.
  private var history: FanHistory?
  private let planned: PlannedMarket

  private static let never = Int.min / 2

  /// A path that is at a point of its event's time; the event is point 0.
  private struct Passing {
    let group, lane, point: Int
  }

  init(_ planned: PlannedMarket, groups: Int) {
    let layout = planned.fans
    let readings = layout.series.map { FanReading($0, firstDesk: planned.deskNumbers.lowerBound) }
    times = layout.times
    self.groups = groups
    self.planned = planned
    onClock = readings.filter { !$0.series.isInEventTime }
    aroundEvent = readings.filter(\.series.isInEventTime)
    references = aroundEvent.map { reading in
      guard reading.quantity.isRelative else { return nil }
      let size = reading.quantity.size(planned.market.description, asset: reading.series.asset)
      return FanReference(
        reading, start: size * (reading.quantity.start(planned) ?? 1), times: layout.times, groups: groups)
    }
    wanted = Array(repeating: 0..<0, count: groups)
    eventStep = Array(repeating: Self.never, count: groups * Lanes.count)
    eventSteps = Array(repeating: nil, count: groups)
    values = ContiguousArray(repeating: .zero, count: groups)
    passing.reserveCapacity(groups * Lanes.count)
    if planned.eventStartWaits, !aroundEvent.isEmpty {
      history = FanHistory(series: aroundEvent.count, times: times, groups: groups)
    }
  }

  /// Starts a tile.
  ///
  /// - Parameters:
  ///   - wanted: the tile's paths that belong to the run, counted from its first.
  ///   - eventStart: start of the event on each path as far as it is known, in steps from t = 0, `[group]`; empty without
  ///     events.
  mutating func reset(wanted range: Range<Int>, eventStart: ContiguousArray<Lanes>, counts: inout HistogramCounts) {
    for group in 0..<groups {
      let first = group * Lanes.count
      let low = min(max(range.lowerBound - first, 0), Lanes.count)
      let high = min(max(range.upperBound - first, 0), Lanes.count)
      wanted[group] = low..<max(low, high)
    }
    learn(eventStart)
    if history != nil {
      let market = planned.market.description
      let starts = aroundEvent.map { reading in
        reading.quantity.start(planned).map { $0 * reading.quantity.size(market, asset: reading.series.asset) }
      }
      history?.reset(starts: starts)
    }
    for group in 0..<groups { eventSteps[group] = stepsAroundEvent(group) }
    for index in references.indices { references[index]?.reset() }
    for reading in onClock {
      guard let start = reading.quantity.start(planned) else { continue }
      for group in 0..<groups {
        for _ in wanted[group] { counts.add(start, slot: reading.series.firstSlot, bins: bins) }
      }
    }
  }

  /// Counts what the tile's step left, after all desks have lived through it.
  mutating func record(_ tile: MarketTile, desks: [DeskTile], _ counts: inout HistogramCounts) {
    let step = tile.step
    if step >= 0, let point = times.clockPoint(afterStep: step) {
      for reading in onClock {
        reading.read(tile, desks, into: &values)
        let factor = reading.place(&values)
        counts.add(
          values, times: factor, lanes: wanted, slot: reading.series.firstSlot + point, bins: bins)
      }
    }
    guard !aroundEvent.isEmpty, step >= -1 else { return }
    if history == nil {
      recordAroundEvent(tile, desks, step, &counts)
    } else {
      learn(planned.eventStart(tile))
      recordAsItComes(tile, desks, step, &counts)
    }
  }

  /// Takes the events' starts, as far as they are known.
  private mutating func learn(_ eventStart: ContiguousArray<Lanes>) {
    for (group, start) in eventStart.enumerated() {
      for lane in 0..<Lanes.count {
        let step = start[lane]
        eventStep[group * Lanes.count + lane] = step < Double(times.steps) ? Int(step.rounded(.down)) : Self.never
      }
    }
  }

  /// Counts the paths whose event has come, those on which it has just come from the fan's first point on.
  private mutating func recordAsItComes(
    _ tile: MarketTile, _ desks: [DeskTile], _ step: Int, _ counts: inout HistogramCounts
  ) {
    guard var history = history.take() else { return }
    for (index, reading) in aroundEvent.enumerated() {
      reading.read(tile, desks, into: &values)
      history.keep(values, index, step)
    }
    for group in 0..<groups {
      for lane in wanted[group] {
        let event = eventStep[group * Lanes.count + lane]
        guard event != Self.never, let points = history.points(group, lane, step: step, event: event) else { continue }
        for (index, reading) in aroundEvent.enumerated() {
          let isRelative = reading.quantity.isRelative
          let (perScale, slot) = (isRelative ? 1 : reading.perScale, reading.series.firstSlot + times.eventPointsBefore)
          for point in points {
            let value = history.value(
              index, group, lane, point: point, event: event, relativeTo: isRelative ? reading : nil)
            if let value { counts.add(value * perScale, slot: slot + point, bins: bins) }
          }
        }
      }
    }
    self.history = history
  }

  private func stepsAroundEvent(_ group: Int) -> ClosedRange<Int>? {
    let events = wanted[group].map { eventStep[group * Lanes.count + $0] }.filter { $0 != Self.never }
    guard let first = events.min(), let last = events.max() else { return nil }
    let stride = times.eventStride
    return first - 1 - times.eventPointsBefore * stride...last - 1 + times.eventPointsAfter * stride
  }

  /// Counts the paths that are at a point of their event's time. What stands before t = 0 is only looked at for
  /// quantities that are compared with it.
  private mutating func recordAroundEvent(
    _ tile: MarketTile, _ desks: [DeskTile], _ step: Int, _ counts: inout HistogramCounts
  ) {
    findPassing(step)
    guard !passing.isEmpty else { return }
    let bins = bins
    for (index, reading) in aroundEvent.enumerated() where step >= 0 || references[index] != nil {
      reading.read(tile, desks, into: &values)
      let (perScale, slot) = (reading.perScale, reading.series.firstSlot + times.eventPointsBefore)
      for path in passing {
        let value = values[path.group][path.lane]
        if references[index] != nil {
          references[index]?.pass(value, path.group, path.lane, point: path.point, step: step) { ratio, point in
            counts.add(ratio, slot: slot + point, bins: bins)
          }
        } else {
          counts.add(value * perScale, slot: slot + path.point, bins: bins)
        }
      }
    }
  }

  /// Finds who passes a point of the event's time. The close of step s is point (s + 1 − event) / stride.
  private mutating func findPassing(_ step: Int) {
    passing.removeAll(keepingCapacity: true)
    for group in 0..<groups where eventSteps[group]?.contains(step) == true {
      for lane in wanted[group] {
        let event = eventStep[group * Lanes.count + lane]
        guard event != Self.never else { continue }
        let (point, rest) = (step + 1 - event).quotientAndRemainder(dividingBy: times.eventStride)
        guard rest == 0, point >= -times.eventPointsBefore, point <= times.eventPointsAfter else { continue }
        passing.append(Passing(group: group, lane: lane, point: point))
      }
    }
  }
}
