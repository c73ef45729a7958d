/// How a report tells of an event: what there is to see of it, and when that is known.
package struct EventTraits: Sendable, Hashable {
  /// Whether it moves a price itself, and not only what surrounds it.
  package let movesPrice: Bool
  /// Which way; nil where it moves none.
  package let direction: PriceDirection?
  /// Whether it moves it all at once, with no trading inside.
  package let jumps: Bool
  /// Whether it halts trading or limits prices.
  package let halts: Bool
  /// Whether it starts when prices make it, or after an event that does: nothing is known of it when a path begins.
  package let waitsForPrices: Bool
  /// Whether a path may have it at another time, or not at all, at another severity.
  package let severityMovesStart: Bool
  /// Whether it takes a fee on short positions.
  package let chargesShorts: Bool
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
        direction: named.event.direction, jumps: named.event.jumps, halts: named.event is any HaltEvent,
        waitsForPrices: waitsForPrices(named, at: events.count),
        severityMovesStart: severityMovesStart(named, at: events.count),
        chargesShorts: (named.event as? Squeeze).map { $0.borrowFee.upperBound > 0 } ?? false,
        correlates: (try? named.event.stress(of: names, own))?.assets ?? [])
    }
  }

  /// - Parameter links: events that may still come before it; those of a file wait for each other in no circle.
  private func waitsForPrices(_ event: NamedEvent, at links: Int) -> Bool {
    event.event.watchesPrices
      || links > 0 && preceding(event).contains { waitsForPrices($0.event, at: links - 1) }
  }

  /// The events that one waits for, and whether their end is what it waits for.
  private func preceding(_ event: NamedEvent) -> [(event: NamedEvent, end: Bool)] {
    event.event.starts.flatMap { part in
      events.filter { $0.name == part.start.precedingEvent }.map { ($0, part.start.followsEnd) }
    }
  }

  /// Whether one comes after another, or after one that does.
  private func follows(_ event: NamedEvent, _ other: NamedEvent, at links: Int) -> Bool {
    links > 0
      && preceding(event).contains { $0.event.name == other.name || follows($0.event, other, at: links - 1) }
  }

  /// A trigger sees the unaffected price: a severity moves its moment where another event may have changed that price by
  /// then. What acts as soon as prices make it never does at severity 0.
  private func severityMovesStart(_ event: NamedEvent, at links: Int) -> Bool {
    let watched = event.event.starts.compactMap(\.start.watchedAsset)
    if event.event.watchesPrices && watched.isEmpty { return true }
    let names = assets.map(\.name)
    let isMoved = events.contains { other in
      other.name != event.name && other.event.changesPrices && !follows(other, event, at: events.count)
        && other.event.touchedAssets(of: names).contains { watched.contains($0) || watched.contains(Contagion.market) }
    }
    return isMoved
      || links > 0
        && preceding(event).contains {
          severityMovesStart($0.event, at: links - 1) || ($0.end && $0.event.event.severityMovesEnd)
        }
  }
}
