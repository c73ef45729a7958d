import Lanes
import Markets
import Statistics
import Trading

/// Counts one market's fans while a tile lives through it; confined to one worker.
///
/// Times of the clock are counted as the tile passes them. Around the event every path has its own time; the closes
/// before it are kept until the close that they are compared with is known.
struct FanRecorder {
  private let layout: FanLayout
  private let assets: [AssetSlots]
  private let equity: [Int]
  private let groups: Int
  private let initialPrices: [Double]
  private let bins = HistogramCounts.bins
  /// Lanes of each group that are paths of the run.
  private var wanted: [Range<Int>]
  /// Step in which the event starts on each path, `groups · 8`; `never` where it doesn't.
  private var eventStep: [Int]
  /// The steps in which some path of each group is at a point of its event's time; nil: none ever is.
  private var eventSteps: [ClosedRange<Int>?]
  /// Close before the event, `[asset · groups + group]`.
  private var reference: ContiguousArray<Lanes>
  /// Closes at the points before the event, `[(point · assets + asset) · groups + group]`.
  private var earlier: ContiguousArray<Lanes>

  private static let never = Int.min / 2

  /// First slots of an asset's series, with what each is divided by.
  private struct AssetSlots {
    let price, halfSpread, depth, volume: (slot: Int, perScale: Double)
    let throughEvent: Int?
  }

  init(layout: FanLayout, initialPrices: [Double], groups: Int) {
    let assets = initialPrices.count
    self.layout = layout
    self.groups = groups
    self.initialPrices = initialPrices
    func slot(_ quantity: FanSeries.Quantity, _ asset: Int) -> (slot: Int, perScale: Double) {
      guard let series = layout.series(quantity, asset: asset) else {
        preconditionFailure("Invariant: a market has all fans of its assets")
      }
      return (series.firstSlot, 1 / series.scale)
    }
    self.assets = (0..<assets).map { asset in
      let spread = slot(.halfSpread, asset)
      return AssetSlots(
        price: slot(.price, asset), halfSpread: (spread.slot, spread.perScale * 1e4), depth: slot(.depth, asset),
        volume: slot(.volume, asset), throughEvent: layout.series(.priceThroughEvent, asset: asset)?.firstSlot)
    }
    equity = layout.series.filter { $0.quantity == .equity }.map(\.firstSlot)
    wanted = Array(repeating: 0..<0, count: groups)
    eventStep = Array(repeating: Self.never, count: groups * Lanes.count)
    eventSteps = Array(repeating: nil, count: groups)
    reference = ContiguousArray(repeating: .one, count: assets * groups)
    earlier = ContiguousArray(repeating: .one, count: assets * groups * layout.times.eventPointsBefore)
  }

  /// Starts a tile.
  ///
  /// - Parameters:
  ///   - wanted: the tile's paths that belong to the run, counted from its first.
  ///   - eventStart: start of the event on each path, in steps from t = 0, `[group]`; empty without events.
  mutating func reset(wanted range: Range<Int>, eventStart: ContiguousArray<Lanes>, counts: inout HistogramCounts) {
    for group in 0..<groups {
      let first = group * Lanes.count
      let low = min(max(range.lowerBound - first, 0), Lanes.count)
      let high = min(max(range.upperBound - first, 0), Lanes.count)
      wanted[group] = low..<max(low, high)
    }
    for (group, start) in eventStart.enumerated() {
      for lane in 0..<Lanes.count {
        let step = start[lane]
        eventStep[group * Lanes.count + lane] =
          step < Double(layout.times.steps) ? Int(step.rounded(.down)) : Self.never
      }
    }
    for group in 0..<groups { eventSteps[group] = stepsAroundEvent(group) }
    for (asset, price) in initialPrices.enumerated() {
      for group in 0..<groups { reference[asset * groups + group] = Lanes(price) }
    }
    for group in 0..<groups {
      for slots in assets { count(.one, group: group, slot: slots.price.slot, &counts) }
      for slot in equity { count(.one, group: group, slot: slot, &counts) }
    }
  }

  /// Counts what the tile's step left, after all desks have lived through it.
  mutating func record(_ tile: MarketTile, desks: [DeskTile], _ counts: inout HistogramCounts) {
    let step = tile.step
    if let point = layout.times.clockPoint(afterStep: step), step >= 0 {
      for (asset, slots) in assets.enumerated() {
        for group in 0..<groups {
          let bar = tile.bars[asset * groups + group]
          count(bar.close * slots.price.perScale, group: group, slot: slots.price.slot + point, &counts)
          if slots.throughEvent == nil { countLiquidity(bar, slots, group: group, point: point, &counts) }
        }
      }
      for (desk, slot) in zip(desks, equity) {
        for group in 0..<groups { count(desk.equityRatio(group: group), group: group, slot: slot + point, &counts) }
      }
    }
    if assets.first?.throughEvent != nil, step >= -1 { recordThroughEvent(tile, step, &counts) }
  }

  private func stepsAroundEvent(_ group: Int) -> ClosedRange<Int>? {
    let events = wanted[group].map { eventStep[group * Lanes.count + $0] }.filter { $0 != Self.never }
    guard let first = events.min(), let last = events.max() else { return nil }
    let stride = layout.times.eventStride
    return first - 1 - layout.times.eventPointsBefore * stride...last - 1 + layout.times.eventPointsAfter * stride
  }

  private func count(_ values: Lanes, group: Int, slot: Int, _ counts: inout HistogramCounts) {
    for lane in wanted[group] { counts.add(values[lane], slot: slot, bins: bins) }
  }

  private func countLiquidity(
    _ bar: AssetStep, _ slots: AssetSlots, group: Int, point: Int, _ counts: inout HistogramCounts
  ) {
    count(bar.halfSpread * slots.halfSpread.perScale, group: group, slot: slots.halfSpread.slot + point, &counts)
    count(bar.depth * slots.depth.perScale, group: group, slot: slots.depth.slot + point, &counts)
    count(bar.volume * slots.volume.perScale, group: group, slot: slots.volume.slot + point, &counts)
  }

  /// Counts the paths that are at a point of their event's time. The close of step s is point (s + 1 − event) / stride.
  private mutating func recordThroughEvent(_ tile: MarketTile, _ step: Int, _ counts: inout HistogramCounts) {
    let times = layout.times
    for group in 0..<groups where eventSteps[group]?.contains(step) == true {
      for lane in wanted[group] {
        let event = eventStep[group * Lanes.count + lane]
        guard event != Self.never else { continue }
        let (point, rest) = (step + 1 - event).quotientAndRemainder(dividingBy: times.eventStride)
        guard rest == 0, point >= -times.eventPointsBefore, point <= times.eventPointsAfter else { continue }
        let slot = point + times.eventPointsBefore
        for (asset, slots) in assets.enumerated() {
          let bar = tile.bars[asset * groups + group]
          if step >= 0 {
            counts.add(bar.halfSpread[lane] * slots.halfSpread.perScale, slot: slots.halfSpread.slot + slot, bins: bins)
            counts.add(bar.depth[lane] * slots.depth.perScale, slot: slots.depth.slot + slot, bins: bins)
            counts.add(bar.volume[lane] * slots.volume.perScale, slot: slots.volume.slot + slot, bins: bins)
          }
          recordPrice(bar.close[lane], asset, slots, group: group, lane: lane, point: point, step: step, &counts)
        }
      }
    }
  }

  private mutating func recordPrice(
    _ close: Double, _ asset: Int, _ slots: AssetSlots, group: Int, lane: Int, point: Int, step: Int,
    _ counts: inout HistogramCounts
  ) {
    guard let first = slots.throughEvent else { return }
    let before = layout.times.eventPointsBefore
    func place(_ point: Int) -> Int { ((point + before) * assets.count + asset) * groups + group }
    if point < 0 {
      earlier[place(point)][lane] = close
      return
    }
    let index = asset * groups + group
    if point == 0 {
      reference[index][lane] = close
      // Points at or before t = 0 were not passed by this path after t = 0.
      let passed = max(0, step) / layout.times.eventStride
      for point in max(-before, -passed)..<0 {
        counts.add(earlier[place(point)][lane] / close, slot: first + before + point, bins: bins)
      }
    }
    counts.add(close / reference[index][lane], slot: first + before + point, bins: bins)
  }
}
