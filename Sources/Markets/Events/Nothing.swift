import Documents
import Lanes

/// Nothing happens: one of the alternatives of a `OneOf`, for what comes with some chance or not at all.
package struct Nothing: MarketEvent {
  /// States that nothing happens.
  package init() {}

  /// No fields.
  package static let form = Form<Nothing>(make: { Nothing() })

  /// It would start at once, and never does.
  package var start: EventStart { .fixed(0) }

  package func touchedAssets(of assets: [String]) -> [String] { [] }
  package var knotNames: [String] { [] }
  package var scale: PriceScale.Kind? { nil }
  package var changesPrices: Bool { false }
  package func reach(of asset: String, severity: Double) -> EventReach { EventReach(offset: 0, factor: 0) }
  package func violations(in setting: EventSetting) -> [FormViolation] { [] }
  package func makeState(_ site: EventSite) -> any EventState { NothingState(groups: site.groups) }
}

private final class NothingState: EventState {
  let start: ContiguousArray<Lanes>
  var windowEnd: ContiguousArray<Lanes> { start }
  var parameters: [PathParameter] { [] }
  var isReactive: Bool { false }

  init(groups: Int) { start = ContiguousArray(repeating: .infinity, count: groups) }

  func reset(_ paths: TilePaths) {}
  func react(to sight: MarketSight) -> Bool { false }
  func advance(_ step: Int, _ effects: inout MarketEffects) {}
}
