import Documents
import Lanes
import Randomness

/// An event that acts on the venue and on the terms of accounts rather than on prices, while a window lasts: no bar moves.
///
/// What it does to a step is known once the step has been made, and holds for the whole step, with the window's mean over it.
protocol VenueEvent: MarketEvent, Parametric {
  /// What it does on the paths of a tile.
  associatedtype Action: VenueAction where Action.Event == Self
  /// How strongly it acts in time.
  var window: EventWindow { get }
}

extension VenueEvent {
  package func touchedAssets(of assets: [String]) -> [String] { assets }

  /// It counts no prices.
  package var scale: PriceScale.Kind? { nil }

  /// No.
  package var changesPrices: Bool { false }

  /// None: it moves no price.
  package var knotNames: [String] { [] }

  /// It moves no price.
  package func reach(of asset: String, severity: Double) -> EventReach { EventReach(offset: 0, factor: 0) }

  /// None of its own.
  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func makeState(_ site: EventSite) -> any EventState { VenueState(self, site) }
}

/// What an event does to the venue on the paths of one tile.
protocol VenueAction {
  associatedtype Event: VenueEvent

  /// Of an event at a site; its severity is above 0.
  init(_ event: Event, _ site: EventSite)
  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset(_ drawn: DrawnParameters<Event>, _ paths: TilePaths)
  /// Plans what it does at single moments, now that starts are known.
  ///
  /// - Returns: the last sub-step in which it acts so, on any path; 0 where in none.
  mutating func plan(_ starts: ContiguousArray<Lanes>) -> Double
  /// Acts on a step.
  func act(on step: Int, _ window: StepWindow, _ effects: inout VenueEffects)
}

extension VenueAction {
  /// It does nothing at single moments.
  mutating func plan(_ starts: ContiguousArray<Lanes>) -> Double { 0 }
}

/// An event that acts on the venue, on the paths of one tile.
final class VenueState<Event: VenueEvent>: EventState {
  private let severity: Double
  private var drawn: DrawnParameters<Event>
  private var window: StepWindow
  private var action: Event.Action
  private var lastMoment = 0.0

  init(_ event: Event, _ site: EventSite) {
    severity = site.severity
    drawn = site.parameters(of: event)
    window = StepWindow(event.window, event.start, site)
    action = Event.Action(event, site)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { window.track.starts }
  var windowEnd: ContiguousArray<Lanes> { window.track.ends }
  var trough: ContiguousArray<Lanes> { window.track.tops }
  var isReactive: Bool { window.track.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    window.reset(drawn)
    action.reset(drawn, paths)
    lastMoment = action.plan(window.track.starts)
  }

  func react(to sight: MarketSight) -> Bool {
    guard window.look(sight, drawn) else { return false }
    lastMoment = action.plan(window.track.starts)
    return true
  }

  func advance(_ substep: Int, _ effects: inout MarketEffects) {
    let close = substep + 1
    // Desks live through whole steps: it acts once a step has been made.
    guard severity > 0, close % window.substeps == 0, Double(close) > window.track.range.lowerBound,
      Double(close - window.substeps) < max(window.track.range.upperBound, lastMoment)
    else { return }
    effects.venue.activate()
    action.act(on: substep / window.substeps, window, &effects.venue)
  }
}
