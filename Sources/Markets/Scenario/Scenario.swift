import Documents
import MarketData

/// A market under stress: what one scenario document says, checked.
package struct Scenario: Sendable {
  /// The scenario's name for people.
  package let title: String
  /// What happens, in a few sentences.
  package let description: String
  /// Where the numbers come from, by the JSON pointer of what they stand behind, in the order of the pointers.
  package let sources: [SourceNote]
  /// Steps, warm-up, calendar.
  package let clock: Clock
  /// The assets, in the order of their names.
  package let assets: [AssetTerms]
  /// What moves them when nothing happens.
  package let movement: any Movement
  /// What the venue asks.
  package let venue: VenueTerms
  /// The events, in the order of their names.
  package let events: [NamedEvent]

  /// States a scenario; assets and events are put into the order of their names.
  package init(
    title: String, description: String = "", sources: [SourceNote] = [], clock: Clock, assets: [AssetTerms],
    movement: some Movement, venue: VenueTerms = VenueTerms(), events: [NamedEvent] = []
  ) {
    self.title = title
    self.description = description
    self.sources = sources.sorted { $0.pointer < $1.pointer }
    self.clock = clock
    let order = assets.indices.sorted { assets[$0].name < assets[$1].name }
    self.assets = order.map { assets[$0] }
    self.movement = movement.reordered(order)
    self.venue = venue
    // Without a market that moves them a document is refused; what is built by hand has betas of 1.
    let betas = (try? self.movement.marketBetas(of: self.assets)) ?? Named()
    self.events = events.sorted { $0.name < $1.name }.map { NamedEvent($0.name, $0.event.following(betas)) }
  }
}

extension Scenario {
  /// What its models leave out: sentences for the report, each once.
  package var limits: [String] {
    var limits = movement.limits(of: assets, clock)
    for sentence in events.flatMap(\.event.limits) where !limits.contains(sentence) { limits.append(sentence) }
    return limits
  }

  /// What is easier in it than in any real market, in words for a reader before any figure.
  package var caveats: [String] { movement.caveats(of: assets) }

  /// What its events say that may not be what was meant; fields are those of the scenario.
  package var warnings: [(event: String, violation: FormViolation)] {
    let setting = EventSetting(
      clock: clock, splitsSteps: movement.hasBridge, latencySeconds: venue.latencySeconds)
    return events.flatMap { event in
      event.event.warnings(in: setting).map { (event.name, $0.under("events/\(JSONPointer.escape(event.name))")) }
    }
  }

  /// Files that its models read beside the document.
  package var files: [String] { movement.files + events.flatMap(\.event.files) }
}
