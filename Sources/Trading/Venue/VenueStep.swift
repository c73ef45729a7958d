import Lanes
import Markets

/// What the venue asks on eight paths in a step, events included.
struct VenueDemands: Sendable {
  /// The largest gross leverage that new risk may lead to: 1/initial margin.
  let leverageBound: Lanes
  /// Liquidation at equity ≤ this × gross notional; below 1.
  let maintenanceMargin: Lanes
  /// Fee on the traded notional, a fraction.
  let takerFee: Lanes
  /// Fee on the notional that the venue sells by force, a fraction, the taker's included.
  let forcedFee: Lanes

  /// What a venue asks by its terms and what events make of them. Where they move its margins, the initial one ends at 1, and
  /// the maintenance margin at the initial one and at `largestMaintenance`.
  init(_ venue: Venue, _ effect: VenueEffect) {
    let initialMargin = min(effect.initialMargin * venue.initialMargin, Self.largestInitial)
    leverageBound = 1 / initialMargin
    // At a maintenance margin of 1 a long position would have no price at which it is called.
    let raised = min(effect.maintenanceMargin * venue.maintenanceMargin, min(initialMargin, Self.largestMaintenance))
    let isMoved = (effect.maintenanceMargin .!= 1) | (effect.initialMargin .!= 1)
    maintenanceMargin = select(isMoved, raised, Lanes(venue.maintenanceMargin))
    takerFee = effect.takerFee * venue.takerFee
    forcedFee = takerFee + effect.liquidationFee * venue.liquidationFee
  }

  private static let largestInitial = 1.0
  private static let largestMaintenance = 0.99
}

/// The venue in the step that a market tile has just made: what it asks and how it deals with orders.
struct VenueStep {
  /// `[group]`.
  let demands: ContiguousArray<VenueDemands>
  /// What events have done to it.
  let effects: VenueEffects
  private let arrivalSubstep: Int
  private let latencySteps: Double

  /// Whether any event acts on the venue in the step.
  @inline(__always)
  var isHindered: Bool { effects.isActive }

  fileprivate init(_ demands: ContiguousArray<VenueDemands>, _ effects: VenueEffects, _ market: MarketDescription) {
    self.demands = demands
    self.effects = effects
    arrivalSubstep = market.arrivalSubstep
    latencySteps = market.latencySteps
  }

  /// Where the venue is out as a part of the step begins, in a group.
  func isOut(at part: StepPart, _ group: Int) -> Mask {
    part == .beforeArrival ? effects.outages[group] : effects.groups[group].isOutAtArrival
  }

  /// Where it is out as a leg in a sub-step of the step begins.
  func isOut(substep: Int, isBeforeArrival: Bool, _ group: Int) -> Mask {
    if substep == arrivalSubstep && !isBeforeArrival { return effects.groups[group].isOutAtArrival }
    return effects.outages[substep * demands.count + group]
  }

  /// The whole steps beyond the file's latency that an order needs which is sent at the step's close; as many as
  /// `mostExtraSteps` at most.
  func extraSteps(_ group: Int) -> Lanes {
    let extra = min((effects.groups[group].latency - 1) * latencySteps, Self.mostExtraSteps)
    return Lanes { (extra[$0] - 1e-9).rounded(.up) }
  }

  /// No file's latency is longer either.
  static let mostExtraSteps = 10_000.0
}

/// Follows what the venue of a market asks, once a step for all desks.
struct VenueTrack {
  private let venue: Venue
  private let market: MarketDescription
  private let calm: VenueDemands
  private var demands: ContiguousArray<VenueDemands>
  private var isCalm = true

  init(_ market: MarketDescription, groups: Int) {
    venue = Venue(market)
    self.market = market
    calm = VenueDemands(venue, .none)
    demands = ContiguousArray(repeating: calm, count: groups)
  }

  /// Takes the step that a tile has just made up.
  mutating func follow(_ tile: MarketTile) -> VenueStep {
    let effects = tile.venueEffects
    if effects.isActive {
      for group in demands.indices { demands[group] = VenueDemands(venue, effects.groups[group]) }
    } else if !isCalm {
      for group in demands.indices { demands[group] = calm }
    }
    isCalm = !effects.isActive
    return VenueStep(demands, effects, market)
  }
}
