import Documents
import Lanes
import Randomness

/// An event that moves no price: it multiplies volatility, half-spread, depth, volume or the refill's half-life of some
/// assets while a window lasts, each by M^(θ·w̄), with the window's mean w̄ over the step.
protocol FactorEvent: MarketEvent, Parametric {
  /// The assets that it touches, by name; empty for all.
  var assets: [String] { get }
  /// How strongly it acts in time.
  var window: EventWindow { get }
  /// Its factors on the paths of a tile, by lane group: their logarithms, without the severity.
  static func factors(_ drawn: DrawnParameters<Self>, groups: Int) -> ContiguousArray<EventFactors>
  /// The draws of all its factors.
  var factors: [Draw] { get }
}

extension FactorEvent {
  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  /// It counts no prices.
  package var scale: PriceScale.Kind? { nil }

  /// None: it moves no price.
  package var knotNames: [String] { [] }

  /// θ times the largest |ln M|.
  package func reach(of asset: String, severity: Double) -> EventReach {
    let logs = factors.flatMap { [$0.plausible.lowerBound, $0.plausible.upperBound] }.map { abs(log(Lanes($0))[0]) }
    return EventReach(offset: 0, factor: severity * (logs.max() ?? 0))
  }

  /// None of its own.
  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func makeState(_ site: EventSite) -> any EventState { FactorState(self, site) }
}

extension FieldKind where Value == [String] {
  /// Names of assets, each once; all of them when left out.
  static var eventAssets: FieldKind {
    .list(.reference(to: "asset"), count: 1...64).then { names, node, reading in
      for (index, name) in names.enumerated() where names[..<index].contains(name) {
        reading.report("\(quoted(name)) is there twice", at: node.elements?[index] ?? node)
      }
    }
  }
}

/// A factor event on the paths of one tile.
final class FactorState<Event: FactorEvent>: EventState {
  private let severity: Double
  private let touched: [Int]
  private var drawn: DrawnParameters<Event>
  private var window: WindowTrack
  private var factors: ContiguousArray<EventFactors> = []

  init(_ event: Event, _ site: EventSite) {
    severity = site.severity
    touched = event.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    drawn = site.parameters(of: event)
    window = WindowTrack(event.window, event.start, site)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { window.starts }
  var windowEnd: ContiguousArray<Lanes> { window.ends }
  var trough: ContiguousArray<Lanes> { window.tops }
  var isReactive: Bool { window.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    window.reset(drawn)
    factors = Event.factors(drawn, groups: paths.groups)
    for group in factors.indices { factors[group].scale(by: severity) }
  }

  func react(to sight: MarketSight) -> Bool { window.look(sight, drawn) }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0, window.pass(step) else { return }
    for asset in touched {
      effects.assets[asset].activate()
      Self.multiply(&effects.assets[asset].values, factors, window.means)
    }
  }

  @inline(never)
  private static func multiply(
    _ effects: inout ContiguousArray<EventEffect>, _ factors: ContiguousArray<EventFactors>,
    _ windows: ContiguousArray<Lanes>
  ) {
    let factors = factors.span
    let windows = windows.span
    var effects = effects.mutableSpan
    for group in factors.indices where (windows[group] .!= 0).isAny {
      factors[group].multiply(&effects[group], window: windows[group])
    }
  }
}
