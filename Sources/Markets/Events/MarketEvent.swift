import Documents
import Lanes
import MarketData
import Randomness

/// A named shock inside a scenario: an immutable model, whose state per tile is an `EventState`.
///
/// A new event is one file with its `form`, and one line in `MarketEvents.catalogue`.
package protocol MarketEvent: MarketModel {
  /// When it starts.
  var start: EventStart { get }
  /// Which of a market's assets it touches, the one it starts from first.
  func touchedAssets(of assets: [String]) -> [String]
  /// Names of the moments at which its offset of some asset turns; those of its state's `knots`, in their order.
  var knotNames: [String] { get }
  /// The model's state for a tile.
  func makeState(_ site: EventSite) -> any EventState
  /// What trading must have room for at a severity.
  func venueReach(severity: Double) -> VenueReach
  /// What its state draws for each asset apart: names below that of the asset, each made into a key by its site.
  var assetStreamNames: [String] { get }
  /// How far it may plausibly move an asset that it touches at a severity.
  func reach(of asset: String, severity: Double) -> EventReach
  /// What is wrong with it in a market: an event after the horizon, or one that would vanish between two closes.
  func violations(in setting: EventSetting) -> [FormViolation]
}

extension MarketEvent {
  /// Nothing.
  package func venueReach(severity: Double) -> VenueReach { .none }
  /// None.
  package var assetStreamNames: [String] { [] }
}

/// How far an event may plausibly move an asset.
package struct EventReach: Sendable, Hashable {
  /// Its largest log offset, up or down.
  package let offset: Double
  /// The largest logarithm of a factor of volatility, half-spread, depth or volume, up or down.
  package let factor: Double

  /// States how far.
  package init(offset: Double, factor: Double) {
    self.offset = offset
    self.factor = factor
  }
}

/// What an event gets to know about where it runs.
package struct EventSite {
  /// Name of the event.
  package let event: String
  /// Names of the market's assets, in order.
  package let assets: [String]
  /// Names of its events, in order.
  package let events: [String]
  /// The market's clock.
  package let clock: Clock
  /// Sub-steps of a step of the clock.
  package let substeps: Int
  /// Lane groups of the tile.
  package let groups: Int
  /// Seconds in a step: where the market's steps have sub-steps, in one of them, since events advance with these.
  package let stepSeconds: Double
  /// Which sub-step of a step it is in which orders arrive, from 0.
  package let arrivalSubstep: Int
  /// Fraction of such a step after which orders arrive, where they arrive in it.
  package let arrivalFraction: Double
  /// Severity θ ≥ 0: log offsets times θ, multipliers to the power θ.
  package let severity: Double
  /// The scenario's random streams.
  package let streams: RandomStreams

  /// The parameters of the event, drawn per path where the document says so.
  package func parameters<Model: Parametric>(of model: Model) -> DrawnParameters<Model> {
    DrawnParameters(model, .event(event), streams, groups: groups)
  }

  /// The key of a stream that the event names in its `streamNames`.
  package func key(_ name: String) -> StreamKey { streams.key(StreamName.ofEvent(event, name)) }

  /// The key of a stream of an asset that the event names in its `assetStreamNames`.
  func key(_ name: String, asset: String) -> StreamKey { streams.key(StreamName.ofEvent(event, name, asset: asset)) }
}

/// The market around an event, for checks before anything runs.
package struct EventSetting: Sendable {
  /// The market's clock.
  package let clock: Clock
  /// Whether steps can be split at the moment at which an event turns; not so for recorded bars.
  package let splitsSteps: Bool
  /// What the venue asks without events; nil where that is not known, since it is wrong.
  package let venue: VenueTerms?

  /// States a setting.
  package init(clock: Clock, splitsSteps: Bool, venue: VenueTerms? = nil) {
    self.clock = clock
    self.splitsSteps = splitsSteps
    self.venue = venue
  }

  /// Seconds of trading time after t = 0.
  package var lengthSeconds: Double { clock.lengthSeconds }
  /// Seconds in a step.
  package var stepSeconds: Double { clock.stepSeconds }
}

/// The state of an event on the paths of one tile; confined to one worker.
package protocol EventState: AnyObject {
  /// The parameters as they were drawn for the paths.
  var parameters: [PathParameter] { get }
  /// When the event starts on each path, by lane group: in steps after t = 0, fractional; +∞ where it never does.
  var start: ContiguousArray<Lanes> { get }
  /// When the event's window ends, likewise: what is traded from `start` until then counts as traded in the event.
  var windowEnd: ContiguousArray<Lanes> { get }
  /// When it is at its worst on each path, likewise: for the eyes of a report only.
  var trough: ContiguousArray<Lanes> { get }
  /// The moments at which the offset of an asset has a kink while it isn't zero.
  var knots: [KnotColumn] { get }
  /// Starts new paths: draws the parameters.
  func reset(_ paths: TilePaths)
  /// Adds what the event does in one step to the market; steps come in order, from 0.
  func advance(_ step: Int, _ effects: inout MarketEffects)
  /// Log offset of an asset at a time in steps after t = 0, lane by lane; for the sparse moments at knots.
  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes
  /// Whether its start, or what it does, is first known when it happens.
  var isReactive: Bool { get }
  /// Looks at the market after a step, and before the first, if it is reactive.
  ///
  /// - Returns: whether it has changed its plan: a start has become known, or a moment.
  func react(to sight: MarketSight) -> Bool
}

extension EventState {
  /// It does not turn inside steps.
  package var knots: [KnotColumn] { [] }
  /// It moves no price.
  package func offset(asset: Int, group: Int, at time: Lanes) -> Lanes { .zero }
  /// The start, where the event says no other moment.
  package var trough: ContiguousArray<Lanes> { start }
}
