/// How a report tells of an event: what there is to see of it, and when that is known.
package struct EventTraits: Sendable, Hashable {
  /// Whether it moves a price itself, and not only what surrounds it.
  package let movesPrice: Bool
  /// Whether it moves it all at once, with no trading inside.
  package let jumps: Bool
  /// Whether it starts when prices make it, or after an event that does: nothing is known of it when a path begins.
  package let waitsForPrices: Bool
  /// The assets whose correlations it changes; none for most.
  package let correlates: [String]
}

extension Market {
  /// What is to be told of each event, in their order.
  package var eventTraits: [EventTraits] { plan.scenario.eventTraits }
}

extension Scenario {
  /// What is to be told of each event, in their order.
  package var eventTraits: [EventTraits] {
    let names = assets.map(\.name)
    let own = movement.correlations(of: assets)
    return events.map { named in
      EventTraits(
        movesPrice: named.event.touchedAssets(of: names).contains { named.event.reach(of: $0, severity: 1).offset > 0 },
        jumps: named.event.jumps, waitsForPrices: waitsForPrices(named.event, at: events.count),
        correlates: (try? named.event.stress(of: names, own))?.assets ?? [])
    }
  }

  /// - Parameter links: events that may still come before it; those of a file wait for each other in no circle.
  private func waitsForPrices(_ event: any MarketEvent, at links: Int) -> Bool {
    if event.watchesPrices { return true }
    guard links > 0 else { return false }
    let before = event.starts.compactMap(\.start.precedingEvent)
    return events.contains { before.contains($0.name) && waitsForPrices($0.event, at: links - 1) }
  }
}
