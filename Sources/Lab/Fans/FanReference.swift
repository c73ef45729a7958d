import Lanes

/// What a relative quantity was at the last close before the event on each path of a tile, and at the points before it,
/// which wait until that close is known.
struct FanReference {
  private let reading: FanReading
  private let start: Double
  private let times: FanTimes
  private let groups: Int
  /// At the last close before the event, `[group]`.
  private var reference: ContiguousArray<Lanes>
  /// At the points before the event, `[point · groups + group]`.
  private var earlier: ContiguousArray<Lanes>

  /// - Parameter start: the quantity at t = 0.
  init(_ reading: FanReading, start: Double, times: FanTimes, groups: Int) {
    self.reading = reading
    self.start = start
    self.times = times
    self.groups = groups
    reference = ContiguousArray(repeating: .one, count: groups)
    earlier = ContiguousArray(repeating: .one, count: groups * times.eventPointsBefore)
  }

  /// Starts a tile.
  mutating func reset() {
    for group in 0..<groups { reference[group] = Lanes(start) }
  }

  /// Takes the quantity of a path at a point of its event's time, and hands out every ratio that is known by it.
  ///
  /// - Parameter count: gets a ratio and the point that it belongs to.
  @inline(__always)
  mutating func pass(
    _ value: Double, _ group: Int, _ lane: Int, point: Int, step: Int, count: (_ ratio: Double, _ point: Int) -> Void
  ) {
    let before = times.eventPointsBefore
    if point < 0 {
      earlier[(point + before) * groups + group][lane] = value
      return
    }
    if point == 0 {
      reference[group][lane] = value
      // Points at or before t = 0 were not passed by this path after t = 0.
      let passed = max(0, step) / times.eventStride
      for point in max(-before, -passed)..<0 {
        count(reading.ratio(earlier[(point + before) * groups + group][lane], to: value), point)
      }
    }
    count(reading.ratio(value, to: reference[group][lane]), point)
  }
}
