import Lanes
import Markets
import Trading

/// A number that is counted across paths at a list of times, and so becomes a fan.
///
/// A new one is a file with a constant of this type and a line in `FanQuantities`: layout, counting, store, summary and
/// sample paths follow from it.
package struct FanQuantity: Sendable {
  /// Its name in the store, unique in the catalogue.
  package let name: String
  /// Its key in `summary.json`, in the object of its asset or desk.
  package let key: String
  /// Of what is read, times `factor`; of the fan in the summary.
  package let unit: String
  /// A line for the documentation.
  package let meaning: String
  /// The times at which it is counted.
  package let timeline: Timeline
  /// What a value is divided by before it is counted, so that it falls where bins are fine; of a desk, the index is
  /// nil. Every path of a relative quantity has a divisor of its own, and its series has the scale 1.
  let scale: @Sendable (_ market: MarketDescription, _ asset: Int?) -> Double
  /// By what is multiplied what is read, for the unit.
  let factor: Double
  /// Its value at t = 0 over its scale, where every path has it; nil where it is first known at the end of a step.
  let start: Double?
  /// The same of desks whose accounts start with positions, by the weights q·X/E of these; nil where they do not matter.
  let opening: (@Sendable (_ weights: [Double]) -> Double)?
  /// Whether it is counted as a multiple of what it was at the last close before the event.
  let isRelative: Bool
  /// Whether it may be negative where the price of its asset may: then it is counted on bins of both signs, and one that is
  /// relative as 1 and its change in starting prices.
  let followsPrice: Bool
  /// Whether a few single paths of it are kept beside the counts; of those on the clock.
  let hasSamples: Bool
  /// How it is read.
  let reader: Reader

  /// On which times a quantity is counted.
  package enum Timeline: String, Sendable {
    /// Trading time since t = 0.
    case clock
    /// Trading time since the event's start on each path; not counted where the scenario has no events.
    case event
    /// As `event`; as `clock` where the scenario has no events.
    case eventOrClock
  }

  /// Reads a quantity for all paths of a tile after a step: a value for each lane group. One call for each series and
  /// step, so that no vector crosses it and the loop over the groups is inside.
  enum Reader: Sendable {
    case asset(@Sendable (_ tile: MarketTile, _ asset: Int, _ values: inout MutableSpan<Lanes>) -> Void)
    case desk(@Sendable (_ desk: DeskTile, _ tile: MarketTile, _ values: inout MutableSpan<Lanes>) -> Void)
  }

  /// A quantity.
  init(
    _ name: String, key: String? = nil, unit: String, _ meaning: String, timeline: Timeline,
    scale: @escaping @Sendable (_ market: MarketDescription, _ asset: Int?) -> Double = { _, _ in 1 },
    factor: Double = 1, start: Double? = nil, opening: (@Sendable (_ weights: [Double]) -> Double)? = nil,
    isRelative: Bool = false, followsPrice: Bool = false, hasSamples: Bool = false, read: Reader
  ) {
    self.name = name
    self.key = key ?? name
    self.unit = unit
    self.meaning = meaning
    self.timeline = timeline
    self.scale = scale
    self.factor = factor
    self.start = start
    self.opening = opening
    self.isRelative = isRelative
    self.followsPrice = followsPrice
    self.hasSamples = hasSamples
    reader = read
  }

  /// Whether it is counted in event time.
  func isInEventTime(hasEvents: Bool) -> Bool { hasEvents && timeline != .clock }

  /// Its value at t = 0 over its scale in a market of a run; nil where it is first known at the end of a step.
  func start(_ planned: PlannedMarket) -> Double? {
    let weights = planned.terms.openingWeights(planned.market.description)
    return weights.isEmpty ? start : opening?(weights) ?? start
  }

  /// A usable scale: bins are finest around it.
  func size(_ market: MarketDescription, asset: Int?) -> Double {
    let size = scale(market, asset)
    return size > 1e-100 && size < 1e100 ? size : 1
  }
}
