import Documents
import Lanes

/// What an event waits for: an immutable model, whose state per tile is a `TriggerState`.
///
/// A new trigger is one file with its `form`, and one line in `EventTriggers.catalogue`.
package protocol EventTrigger: MarketModel {
  /// The event after which it comes; nil where it waits for none.
  var precedingEvent: String? { get }
  /// Whether it is the other's end that counts.
  var followsEnd: Bool { get }
  /// The asset whose price makes it start, so that its moment is first known when it happens; nil where none does.
  var watchedAsset: String? { get }
  /// Its state for a tile.
  func makeState(_ site: EventSite) -> any TriggerState
  /// What is wrong with it in a market.
  func violations(in setting: EventSetting) -> [FormViolation]
}

extension EventTrigger {
  /// None.
  package var precedingEvent: String? { nil }
  /// No.
  package var followsEnd: Bool { false }
  /// None.
  package var watchedAsset: String? { nil }
}

/// The state of a trigger on the paths of a tile.
package protocol TriggerState: AnyObject {
  /// Starts new paths.
  ///
  /// - Parameters:
  ///   - parameter: what was drawn for them, by the name below the trigger.
  ///   - times: where the event starts, by lane group, in steps of the events after t = 0; +∞ where that is not known yet, as
  ///     on entry.
  func reset(_ parameter: (String) -> ContiguousArray<Lanes>, _ times: inout ContiguousArray<Lanes>)
  /// Looks at the market, and states the starts that have become known; a start that is known stays.
  ///
  /// - Returns: whether there are any.
  func look(_ sight: MarketSight, _ times: inout ContiguousArray<Lanes>) -> Bool
}

extension TriggerState {
  /// All is known from the beginning.
  package func look(_ sight: MarketSight, _ times: inout ContiguousArray<Lanes>) -> Bool { false }
}

/// What triggers and reactive events see of the unaffected market once a sub-step has been made.
package struct MarketSight {
  /// The sub-step that was made last, counted from t = 0; −1 before the first.
  let substep: Int
  /// Whether its prices are seen for the first time: not so before the first sub-step, nor when starts that they have made
  /// known are told to the events that wait for others.
  let showsPrices: Bool
  /// Its prices, `[asset * groups + group]`.
  let bars: ContiguousArray<AssetStep>
  /// Lane groups of the tile.
  let groups: Int
  /// The events' states, in the order of their names.
  let events: [any EventState]

  /// The moment at which it closed, in sub-steps.
  var close: Double { Double(substep + 1) }
}

/// What starts events; a new trigger is one file and one line here.
package enum EventTriggers {
  /// All of them.
  package static let catalogue = Catalogue<any EventTrigger>(
    "triggers",
    .entry("timeOfDay", TimeOfDayTrigger.form, "at a time of day, on a day of the scenario") { $0 },
    .entry("after", AfterTrigger.form, "after another event has started, was at its worst, or ended") { $0 },
    .entry("drawdown", DrawdownTrigger.form, "when a price has fallen by so much from its highest") { $0 },
    .entry("volatility", VolatilityTrigger.form, "when a price moves as much as this") { $0 },
  )
}
