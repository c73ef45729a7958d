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
  private let stepSeconds: Double
  private let touched: [Int]
  private var drawn: DrawnParameters<Event>
  private var onset: EventOnset
  private let window: EventWindow
  private var courses: ContiguousArray<WindowCourse> = []
  private var factors: ContiguousArray<EventFactors> = []
  /// Integral of the window up to the last close, by lane group.
  private var integrals: ContiguousArray<Lanes>
  /// First and last step in which anything happens on any path.
  private var steps: Range<Double> = 0..<0

  init(_ event: Event, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    window = event.window
    touched = event.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    integrals = ContiguousArray(repeating: .zero, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { onset.times }
  var windowEnd: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.end)) }
  var trough: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.top)) }
  var isReactive: Bool { onset.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    factors = Event.factors(drawn, groups: paths.groups)
    for group in factors.indices {
      factors[group].volatility *= severity
      factors[group].halfSpread *= severity
      factors[group].depth *= severity
      factors[group].volume *= severity
      factors[group].refillHalfLife *= severity
      integrals[group] = .zero
    }
    schedule()
  }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  private func schedule() {
    courses = EventWindow.courses(drawn.part(window, named: "window"), onset.times, stepSeconds: stepSeconds)
    steps = courses.range
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0, Double(step + 1) > steps.lowerBound, Double(step) < steps.upperBound else { return }
    for asset in touched {
      effects.assets[asset].activate()
      Self.add(Double(step), courses, factors, integrals, &effects.assets[asset].values)
    }
    for group in integrals.indices { integrals[group] = courses[group].integral(to: Lanes(Double(step + 1))) }
  }

  @inline(never)
  private static func add(
    _ step: Double, _ courses: ContiguousArray<WindowCourse>, _ factors: ContiguousArray<EventFactors>,
    _ integrals: ContiguousArray<Lanes>, _ effects: inout ContiguousArray<EventEffect>
  ) {
    for group in courses.indices {
      let window = courses[group].integral(to: Lanes(step + 1)) - integrals[group]
      guard (window .!= 0).isAny else { continue }
      factors[group].multiply(&effects[group], window: window)
    }
  }
}
