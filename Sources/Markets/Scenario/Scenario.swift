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
  package let movement: Movement
  /// What the venue asks.
  package let venue: VenueTerms
  /// The events, in the order of their names.
  package let events: [NamedEvent]

  /// What moves the assets when nothing happens.
  package enum Movement: Sendable {
    /// A price process for each asset (in the order of the assets), and how they depend on each other.
    case processes([any PriceProcess], any Dependence)
    /// Recorded bars, resampled.
    case history(any HistoryModel, RecordedHistory)
  }

  /// States a scenario; assets and events are put into the order of their names.
  package init(
    title: String, description: String = "", sources: [SourceNote] = [], clock: Clock, assets: [AssetTerms],
    movement: Movement, venue: VenueTerms = VenueTerms(), events: [NamedEvent] = []
  ) {
    self.title = title
    self.description = description
    self.sources = sources.sorted { $0.pointer < $1.pointer }
    self.clock = clock
    let order = assets.indices.sorted { assets[$0].name < assets[$1].name }
    self.assets = order.map { assets[$0] }
    if case .processes(let processes, let dependence) = movement {
      precondition(processes.count == assets.count, "Invariant: a process for each asset")
      self.movement = .processes(order.map { processes[$0] }, dependence)
    } else {
      self.movement = movement
    }
    self.venue = venue
    self.events = events.sorted { $0.name < $1.name }
  }
}

/// One asset of a scenario.
package struct AssetTerms: Sendable, Hashable {
  /// The asset's name.
  package let name: String
  /// Price at t = 0, quote currency per unit; above 0.
  package let price: Double
  /// How much can be traded.
  package let liquidity: Liquidity

  /// States an asset.
  package init(name: String, price: Double, liquidity: Liquidity) {
    self.name = name
    self.price = price
    self.liquidity = liquidity
  }
}

/// An event with its name in the scenario.
package struct NamedEvent: Sendable {
  /// The event's name.
  package let name: String
  /// What happens.
  package let event: any MarketEvent

  /// Names an event.
  package init(_ name: String, _ event: any MarketEvent) {
    self.name = name
    self.event = event
  }
}

/// Where a number of a scenario comes from.
package struct SourceNote: Sendable, Hashable {
  /// On what it rests.
  package enum Basis: String, Sendable, Hashable, CaseIterable {
    /// Fitted to data that are named.
    case fitted
    /// Taken from the literature that is named.
    case literature
    /// Somebody's judgement, with reasons.
    case judgement
  }

  /// JSON pointer of what it stands behind.
  package let pointer: String
  /// On what it rests.
  package let basis: Basis
  /// The source in words.
  package let text: String

  /// States a source.
  package init(pointer: String, basis: Basis, text: String) {
    self.pointer = pointer
    self.basis = basis
    self.text = text
  }
}
