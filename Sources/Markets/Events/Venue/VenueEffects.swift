import Lanes

/// What events do to the venue on the paths of a tile in one step: to what it asks, and to how it deals with orders.
///
/// A step without such an event has none: `isActive` is false then, and nobody needs to look further.
package struct VenueEffects: Sendable {
  /// Whether any event has acted in the step, on any path of the tile.
  package private(set) var isActive = false
  /// Whether any of it adds to the fee on short positions.
  package internal(set) var chargesShorts = false
  /// What concerns all assets, by lane group.
  package var groups: ContiguousArray<VenueEffect>
  /// What concerns one asset, `[asset * groups + group]`.
  package var assets: ContiguousArray<VenueAssetEffect>
  /// Where the venue is out at the open of a sub-step of the step: no order acts, resting ones included;
  /// `[part * groups + group]`.
  package var outages: ContiguousArray<Mask>

  /// None, for a tile of so many lane groups.
  init(assets: Int, groups: Int, substeps: Int) {
    self.groups = ContiguousArray(repeating: .none, count: groups)
    self.assets = ContiguousArray(repeating: .none, count: assets * groups)
    outages = ContiguousArray(repeating: .none, count: substeps * groups)
  }

  /// Says that an event acts in this step.
  mutating func activate() { isActive = true }

  /// Starts a step: no event has acted in it.
  mutating func beginStep() {
    guard isActive else { return }
    isActive = false
    chargesShorts = false
    for index in groups.indices { groups[index] = .none }
    for index in assets.indices { assets[index] = .none }
    for index in outages.indices { outages[index] = .none }
  }
}

/// What all events together do to the venue in one step on eight paths, whatever the asset.
package struct VenueEffect: Sendable, Equatable {
  /// Factor of the initial margin; above 0.
  package var initialMargin = Lanes.one
  /// Factor of the maintenance margin; above 0.
  package var maintenanceMargin = Lanes.one
  /// Factor of the taker's fee; above 0.
  package var takerFee = Lanes.one
  /// Factor of the fee of a forced sale; above 0.
  package var liquidationFee = Lanes.one
  /// Factor of the latency of orders that are sent at the step's close; at least 1.
  package var latency = Lanes.one
  /// Where the venue is out when the step's orders arrive: what waits for a price does not act from there on.
  package var isOutAtArrival = Mask.none
  /// Where orders that arrive in the step wait for the next one.
  package var queuesOrders = Mask.none
  /// Where nothing is heard of the market at the step's close: agents and rules still have what they saw last.
  package var freezesFeed = Mask.none
  /// Where the venue says so.
  package var flagsFeed = Mask.none

  /// No event: factors exactly 1.
  package static let none = VenueEffect()
}

/// What all events together do to the trading of one asset in one step on eight paths.
package struct VenueAssetEffect: Sendable, Equatable {
  /// Where no order of the step fills at its arrival: an outage, a refusal, a halt.
  package var refusesOrders = Mask.none
  /// Where no order may open or widen a short position.
  package var refusesShorts = Mask.none
  /// What recalls at the step's open leave of short positions, a share; 1 where there is none.
  package var keptShorts = Lanes.one
  /// Added to the fee on short positions, a fraction a year; at least 0.
  package var annualBorrowFee = Lanes.zero

  /// No event.
  package static let none = VenueAssetEffect()
}

/// What trading must have room for, by the events of a scenario.
package struct VenueReach: Sendable, Hashable {
  /// The largest factor of the latency.
  package var latencyFactor = 1.0
  /// Whether orders may wait for the end of an outage.
  package var queuesOrders = false
  /// Whether the feed may freeze.
  package var freezesFeed = false

  /// Nothing beyond the file's terms.
  package static let none = VenueReach()

  /// The reach of two events together.
  func joined(_ other: VenueReach) -> VenueReach {
    VenueReach(
      latencyFactor: latencyFactor * other.latencyFactor, queuesOrders: queuesOrders || other.queuesOrders,
      freezesFeed: freezesFeed || other.freezesFeed)
  }
}
