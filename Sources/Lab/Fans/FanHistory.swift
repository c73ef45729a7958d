import Lanes

/// What the series around an event were in the last steps, as far back as their fans begin: where the event's start is
/// first known when it comes, what lies before it is counted then.
struct FanHistory {
  private let times: FanTimes
  private let groups: Int
  /// Steps that are kept.
  private let depth: Int
  /// By series, `[step modulo depth · groups + group]`.
  private var values: [ContiguousArray<Lanes>]
  /// By series, at the last close before the event, `[group]`.
  private var references: [ContiguousArray<Lanes>]
  /// The paths whose event has come, `groups · 8`.
  private var hasCome: [Bool]

  init(series: Int, times: FanTimes, groups: Int) {
    self.times = times
    self.groups = groups
    // An event may come inside the step that has just closed: its last close before is that of the step before.
    depth = times.eventPointsBefore * times.eventStride + 2
    values = Array(repeating: ContiguousArray(repeating: .one, count: depth * groups), count: series)
    references = Array(repeating: ContiguousArray(repeating: .one, count: groups), count: series)
    hasCome = Array(repeating: false, count: groups * Lanes.count)
  }

  /// Starts a tile.
  ///
  /// - Parameter starts: what each series was at t = 0, where that is known.
  mutating func reset(starts: [Double?]) {
    for (series, start) in starts.enumerated() {
      keep(ContiguousArray(repeating: Lanes(start ?? 1), count: groups), series, -1)
    }
    for path in hasCome.indices { hasCome[path] = false }
  }

  /// Keeps what a series is after a step, −1 or later, `[group]`.
  mutating func keep(_ now: ContiguousArray<Lanes>, _ series: Int, _ step: Int) {
    let first = place(step)
    for group in 0..<groups { values[series][first + group] = now[group] }
  }

  /// The points of its event's time that are known of a path after a step and were not before; none before its event.
  ///
  /// - Parameter event: the step in which the event starts.
  mutating func points(_ group: Int, _ lane: Int, step: Int, event: Int) -> ClosedRange<Int>? {
    let since = step + 1 - event
    guard since >= 0 else { return nil }
    let (point, rest) = since.quotientAndRemainder(dividingBy: times.eventStride)
    let path = group * Lanes.count + lane
    if hasCome[path] { return rest == 0 && point <= times.eventPointsAfter ? point...point : nil }
    hasCome[path] = true
    for series in values.indices { references[series][group][lane] = value(series, group, lane, step: event - 1) }
    return -times.eventPointsBefore...min(point, times.eventPointsAfter)
  }

  /// What a series was of a path at a point of its event's time; nil at a point before t = 0.
  ///
  /// - Parameter reading: of a relative quantity, which is told by what it was at the last close before the event, which t = 0
  ///   may be; nil for others.
  func value(
    _ series: Int, _ group: Int, _ lane: Int, point: Int, event: Int, relativeTo reading: FanReading?
  ) -> Double? {
    let step = event + point * times.eventStride - 1
    if point == 0 && reading != nil { return 1 }
    guard step >= 0 else { return nil }
    let value = value(series, group, lane, step: step)
    return reading.map { $0.ratio(value, to: references[series][group][lane]) } ?? value
  }

  private func value(_ series: Int, _ group: Int, _ lane: Int, step: Int) -> Double {
    values[series][place(step) + group][lane]
  }

  private func place(_ step: Int) -> Int { (step + 1) % depth * groups }
}
