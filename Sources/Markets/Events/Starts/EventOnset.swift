import Lanes

/// When an event starts on the paths of a tile: known when the paths begin, or as time goes by.
struct EventOnset {
  /// In steps of the events after t = 0; +∞ where it never starts, or is not known yet.
  private(set) var times: ContiguousArray<Lanes>
  /// Whether it waits for something, so that `look` may make a start known.
  let isReactive: Bool
  /// The same as if it happened on every path.
  private var known: ContiguousArray<Lanes>
  private let stepSeconds: Double
  private let trigger: (any TriggerState)?
  private let occurrence: EventOccurrence?

  init(_ start: EventStart, _ site: EventSite) {
    isReactive = start.watchesPrices || start.precedingEvent != nil
    stepSeconds = site.stepSeconds
    occurrence = site.occurrence
    known = ContiguousArray(repeating: .infinity, count: site.groups)
    times = known
    switch start {
    case .at: trigger = nil
    case .triggered(let model): trigger = model.makeState(site)
    }
  }

  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset<Model: Parametric>(_ drawn: DrawnParameters<Model>) {
    if let trigger {
      for group in known.indices { known[group] = .infinity }
      trigger.reset({ drawn.values(named: "start/\($0)") }, &known)
    } else {
      known = ContiguousArray(drawn.values(named: "start").map { $0 / stepSeconds })
    }
    leaveOut()
  }

  /// Looks at the market.
  ///
  /// - Returns: whether a start has become known.
  mutating func look(_ sight: MarketSight) -> Bool {
    guard let trigger, trigger.look(sight, &known) else { return false }
    leaveOut()
    return true
  }

  /// Leaves the event out on the paths on which another alternative happens.
  private mutating func leaveOut() {
    for group in times.indices {
      times[group] = occurrence.map { select($0.happens[group], known[group], .infinity) } ?? known[group]
    }
  }
}
