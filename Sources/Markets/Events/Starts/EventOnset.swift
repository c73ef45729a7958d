import Lanes

/// When an event starts on the paths of a tile: known when the paths begin, or as time goes by.
struct EventOnset {
  /// In steps of the events after t = 0; +∞ where it never starts, or is not known yet.
  private(set) var times: ContiguousArray<Lanes>
  private let start: EventStart
  private let stepSeconds: Double
  private let trigger: (any TriggerState)?
  private let occurrence: EventOccurrence?

  init(_ start: EventStart, _ site: EventSite) {
    self.start = start
    stepSeconds = site.stepSeconds
    occurrence = site.occurrence
    times = ContiguousArray(repeating: .infinity, count: site.groups)
    switch start {
    case .at: trigger = nil
    case .triggered(let model): trigger = model.makeState(site)
    }
  }

  /// Whether it waits for something, so that `look` may make a start known.
  var isReactive: Bool { trigger != nil }

  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset<Model: Parametric>(_ drawn: DrawnParameters<Model>) {
    guard let trigger else {
      times = happening(ContiguousArray(drawn.values(named: "start").map { $0 / stepSeconds }))
      return
    }
    for group in times.indices { times[group] = .infinity }
    trigger.reset { drawn.values(named: "start/\($0)") }
  }

  /// Looks at the market.
  ///
  /// - Returns: whether a start has become known.
  mutating func look(_ sight: MarketSight) -> Bool {
    guard let trigger else { return false }
    let now = happening(trigger.starts(sight))
    guard now != times else { return false }
    times = now
    return true
  }

  /// Starts, and +∞ where the event does not happen.
  private func happening(_ times: ContiguousArray<Lanes>) -> ContiguousArray<Lanes> {
    guard let happens = occurrence?.happens else { return times }
    return ContiguousArray(zip(times, happens).map { select($1, $0, .infinity) })
  }
}
