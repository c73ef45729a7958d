import Documents
import Lanes
import MarketData
import Randomness

/// A named shock inside a scenario: an immutable model, whose state per tile is an `EventState`.
///
/// A new event is one file with its `form`, and one line in `MarketEvents.catalogue`.
package protocol MarketEvent: MarketModel {
  /// When it starts; of several alternatives, the first one.
  var start: EventStart { get }
  /// All of its starts, with the part of the event that each belongs to; empty for the whole.
  var starts: [(part: String, start: EventStart)] { get }
  /// Which of a market's assets it touches, the one it starts from first.
  func touchedAssets(of assets: [String]) -> [String]
  /// Whether it is all assets at once that it moves first.
  var movesMarket: Bool { get }
  /// The same event in a market whose assets move with it by these betas, in place of 1 each.
  func following(_ betas: Named<Double>) -> Self
  /// In what it counts prices, by which it moves them or judges them; nil where it does neither.
  var scale: PriceScale.Kind? { get }
  /// The assets whose prices it counts so; those that it touches unless it says others.
  func pricedAssets(of assets: [String]) -> [PricedAsset]
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
  /// Whether its start is first known when prices have made it start.
  var watchesPrices: Bool { get }
  /// Whether it moves prices all at once, with no trading inside.
  var jumps: Bool { get }
  /// Whether prices of the assets that it touches are others with it: it moves or halts them, or changes how they move.
  var changesPrices: Bool { get }
  /// Which way it moves prices; nil where it moves none itself.
  var direction: PriceDirection? { get }
  /// Whether a severity moves its end, its start as it may be.
  var severityMovesEnd: Bool { get }
  /// What it blends the assets' correlations towards; nil for an event that leaves them.
  ///
  /// - Parameters:
  ///   - assets: names of the market's assets, in order.
  ///   - market: their own correlations.
  /// - Throws: correlations that no assets can have together, and what could not be seen.
  func stress(of assets: [String], _ market: [[Double]]) throws(FormViolation) -> CorrelationStress?
  /// What is wrong with it in a market: an event after the horizon, or one that would vanish between two closes.
  func violations(in setting: EventSetting) -> [FormViolation]
  /// What is right, but may not be what was meant.
  func warnings(in setting: EventSetting) -> [FormViolation]
}

extension MarketEvent {
  /// The one start of the whole.
  package var starts: [(part: String, start: EventStart)] { [("", start)] }
  /// No.
  package var movesMarket: Bool { false }
  /// The same.
  package func following(_ betas: Named<Double>) -> Self { self }
  /// Fractions.
  package var scale: PriceScale.Kind? { .logarithmic }
  /// None.
  package func warnings(in setting: EventSetting) -> [FormViolation] { [] }
  /// Where its trigger does.
  package var watchesPrices: Bool { start.watchesPrices }
  /// No.
  package var jumps: Bool { false }
  /// Yes.
  package var changesPrices: Bool { true }
  /// None.
  package var direction: PriceDirection? { nil }
  /// No.
  package var severityMovesEnd: Bool { false }
  /// None.
  package func stress(of assets: [String], _ market: [[Double]]) throws(FormViolation) -> CorrelationStress? { nil }
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
  /// How their prices follow from processes.
  let scales: [PriceScale]
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
  /// Which part of the event runs there, such as `alternatives/up`; empty for the whole of it.
  package var part = ""
  /// On which paths it happens at all; nil for all of them.
  package var occurrence: EventOccurrence?

  /// The parameters of the event, drawn per path where the document says so.
  package func parameters<Model: Parametric>(of model: Model) -> DrawnParameters<Model> {
    DrawnParameters(model, .event(event, part: part), streams, groups: groups)
  }

  /// The key of a stream that the event names in its `streamNames`.
  package func key(_ name: String) -> StreamKey {
    streams.key(StreamName.ofEvent(event, part.isEmpty ? name : "\(part)/\(name)"))
  }

  /// The key of a stream of an asset that the event names in its `assetStreamNames`.
  func key(_ name: String, asset: String) -> StreamKey { streams.key(StreamName.ofEvent(event, name, asset: asset)) }
}

/// On which paths of a tile one of several alternatives happens; it never starts on the others.
package final class EventOccurrence {
  /// By lane group.
  var happens: ContiguousArray<Mask>

  init(groups: Int) { happens = ContiguousArray(repeating: .none, count: groups) }
}

/// The market around an event, for checks before anything runs.
package struct EventSetting: Sendable {
  /// The market's clock.
  package let clock: Clock
  /// Whether steps can be split at the moment at which an event turns; not so for recorded bars.
  package let splitsSteps: Bool
  /// Names of the market's assets, in order, and their own correlations; nil while these are unknown or wrong.
  package let dependence: (assets: [String], correlations: [[Double]])?
  /// What the venue asks without events; nil where that is not known, since it is wrong.
  package let venue: VenueTerms?
  /// How long orders take, seconds.
  package let latencySeconds: Double

  /// States a setting.
  package init(
    clock: Clock, splitsSteps: Bool, dependence: (assets: [String], correlations: [[Double]])? = nil,
    venue: VenueTerms? = nil, latencySeconds: Double = 0
  ) {
    self.clock = clock
    self.splitsSteps = splitsSteps
    self.dependence = dependence
    self.venue = venue
    self.latencySeconds = latencySeconds
  }

  /// Seconds of trading time after t = 0.
  package var lengthSeconds: Double { clock.lengthSeconds }
  /// Seconds in a step.
  package var stepSeconds: Double { clock.stepSeconds }
  /// Seconds in a sub-step.
  package var substepSeconds: Double { clock.stepSeconds / Double(clock.substeps) }
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
  /// Adds what the event does in answer to the step's own closes, before bars are made of them.
  func respond(_ step: Int, _ market: LatentMove, _ effects: inout MarketEffects)
  /// Log offset of an asset at a time in steps after t = 0, lane by lane; for the sparse moments at knots.
  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes
  /// What of that jumps at this very time; 0 where it goes on without a break.
  func jump(asset: Int, group: Int, at time: Lanes) -> Lanes
  /// Whether its start, or what it does, is first known when it happens.
  var isReactive: Bool { get }
  /// Looks at the market after a step, and before the first, if it is reactive.
  ///
  /// - Returns: whether it has changed its plan: a start has become known, or a moment.
  func react(to sight: MarketSight) -> Bool
}

extension EventState {
  /// It answers nothing.
  package func respond(_ step: Int, _ market: LatentMove, _ effects: inout MarketEffects) {}
  /// It does not turn inside steps.
  package var knots: [KnotColumn] { [] }
  /// It moves no price.
  package func offset(asset: Int, group: Int, at time: Lanes) -> Lanes { .zero }
  /// It does not jump.
  package func jump(asset: Int, group: Int, at time: Lanes) -> Lanes { .zero }
  /// The start, where the event says no other moment.
  package var trough: ContiguousArray<Lanes> { start }
}
