import Documents
import Lanes
import Randomness

/// The venue is out: no order is taken, no resting order acts, and nothing is heard of the market.
///
/// Orders that arrive are rejected, or wait for the first step in which the venue takes them; one that would wait for a price
/// lives in one step and is rejected in either case. Stops act again in the first leg that begins after the end, at its first
/// price. At closes within the outage agents and rules see the last bar's close, with nothing traded, and their account at
/// that price; marks, margin and ruin follow the market, and the venue liquidates. It lasts θ times what is written.
package struct Outage: MarketEvent, Parametric {
  /// What becomes of orders that arrive.
  package enum Orders: String, Sendable, Hashable, CaseIterable {
    /// They are cancelled.
    case rejected
    /// They wait for the end.
    case queued
  }

  /// Whether it is told that the feed is stale.
  package enum StaleFeed: String, Sendable, Hashable, CaseIterable {
    /// The feed has a flag.
    case visible
    /// It looks like a market in which nothing moves.
    case hidden
  }

  /// When it starts.
  package let start: EventStart
  /// How long it lasts at severity 1, seconds of trading time; above 0.
  package let duration: Draw
  /// What becomes of orders that arrive.
  package let orders: Orders
  /// Whether it is told that the feed is stale.
  package let staleFeed: StaleFeed

  /// States an outage.
  package init(start: EventStart, duration: Draw, orders: Orders = .rejected, staleFeed: StaleFeed = .visible) {
    self.start = start
    self.duration = duration
    self.orders = orders
    self.staleFeed = staleFeed
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.duration, "duration", .drawnDuration(in: .above(0)), "how long it lasts"),
    ModelField(
      "orders", .word(Orders.self), default: .rejected,
      "whether orders that arrive are rejected, or queued until the end"),
    ModelField(
      "staleFeed", .word(StaleFeed.self), default: .visible,
      "whether agents are told that what they see is stale"),
    make: { Outage(start: $0, duration: $1, orders: $2, staleFeed: $3) })

  package func touchedAssets(of assets: [String]) -> [String] { assets }

  /// It counts no prices.
  package var scale: PriceScale.Kind? { nil }

  /// No.
  package var changesPrices: Bool { false }

  /// It lasts θ times its duration.
  package var severityMovesEnd: Bool { true }

  /// None: it moves no price.
  package var knotNames: [String] { [] }

  /// It moves no price.
  package func reach(of asset: String, severity: Double) -> EventReach { EventReach(offset: 0, factor: 0) }

  /// None of its own.
  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func venueReach(severity: Double) -> VenueReach {
    VenueReach(queuesOrders: severity > 0 && orders == .queued, freezesFeed: severity > 0)
  }

  package func makeState(_ site: EventSite) -> any EventState { OutageState(self, site) }
}

/// An outage on the paths of one tile.
private final class OutageState: EventState {
  private let event: Outage
  private let severity: Double
  private let stepSeconds: Double
  private let substeps: Int
  private let groups: Int
  private let assets: Int
  private let arrivalSubstep: Int
  private let arrivalFraction: Double
  private var drawn: DrawnParameters<Outage>
  private var onset: EventOnset
  private(set) var windowEnd: ContiguousArray<Lanes>
  /// From the first start to the last end on any path.
  private var range: Range<Double> = 0..<0

  init(_ event: Outage, _ site: EventSite) {
    self.event = event
    severity = site.severity
    stepSeconds = site.stepSeconds
    substeps = site.substeps
    groups = site.groups
    assets = site.assets.count
    arrivalSubstep = site.arrivalSubstep
    arrivalFraction = site.arrivalFraction
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    windowEnd = ContiguousArray(repeating: .infinity, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { onset.times }
  var isReactive: Bool { onset.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    schedule()
  }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  private func schedule() {
    let durations = drawn.duration
    var (low, high) = (Double.infinity, 0.0)
    for group in windowEnd.indices {
      windowEnd[group] = onset.times[group] + durations[group] * (severity / stepSeconds)
      for lane in 0..<Lanes.count where onset.times[group][lane] < .infinity {
        low = min(low, onset.times[group][lane])
        high = max(high, windowEnd[group][lane])
      }
    }
    range = low < high ? low..<high : 0..<0
  }

  /// Where it has begun and is not over at a moment.
  private func isOn(at moment: Double, _ group: Int) -> Mask {
    (onset.times[group] .<= moment) & (windowEnd[group] .> moment)
  }

  func advance(_ substep: Int, _ effects: inout MarketEffects) {
    guard severity > 0, Double(substep + 1) > range.lowerBound, Double(substep) < range.upperBound else { return }
    effects.venue.activate()
    let part = substep % substeps
    for group in 0..<groups {
      effects.venue.outages[part * groups + group] |= isOn(at: Double(substep), group)
      if part == arrivalSubstep { holdBack(at: Double(substep) + arrivalFraction, group, &effects.venue) }
      if part == substeps - 1 {
        // A close at the very start was seen, and so is one at the end.
        let close = Double(substep + 1)
        let isFrozen = (onset.times[group] .< close) & (windowEnd[group] .> close)
        effects.venue.groups[group].freezesFeed |= isFrozen
        if event.staleFeed == .visible { effects.venue.groups[group].flagsFeed |= isFrozen }
      }
    }
  }

  private func holdBack(at arrival: Double, _ group: Int, _ effects: inout VenueEffects) {
    let isOut = isOn(at: arrival, group)
    effects.groups[group].isOutAtArrival |= isOut
    switch event.orders {
    case .queued: effects.groups[group].queuesOrders |= isOut
    case .rejected:
      for asset in 0..<assets { effects.assets[asset * groups + group].refusesOrders |= isOut }
    }
  }
}
