import Documents
import Lanes
import Randomness

/// Correlations change while a window lasts: in a broad downturn everything moves together, and a hedge that breaks no longer
/// moves with what it hedges, or moves with it where it moved against it.
///
/// The correlations C of the assets' normals become (1 − s)·C + s·C′ with the target C′ and s = 1 − (1 − b)^(θ·w̄), with the
/// blend b and the window's mean w̄ over the sub-step; the normals become √(1 − s)·Z + √s·Z′, with Z′ from streams of the
/// event's own (`DependenceEffects`). So each asset's own law stays, and no draw moves where s = 0. All draws of a sub-step
/// are blended: of its close, of the price at which orders arrive, and at joint points; the overnight gap's by what acted in
/// the step before it. Jumps stay each asset's own. A blend of 1 counts as 1 − 10⁻¹².
package struct CorrelationEvent: MarketEvent, Parametric {
  /// The assets that it touches; empty for all.
  package let assets: [String]
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// Blend b towards the target at full strength and severity 1, in 0…1.
  package let blend: Draw
  /// The target.
  package let goal: CorrelationGoal
  /// The assets that go against the others where all correlations go to one.
  package let against: [String]

  /// States a change of correlations; throws what could not be seen in any market.
  package init(
    assets: [String] = [], start: EventStart, window: EventWindow, blend: Draw = .fixed(1), to goal: CorrelationGoal,
    against: [String] = []
  ) throws(FormViolation) {
    self.assets = assets
    self.start = start
    self.window = window
    self.blend = blend
    self.goal = goal
    self.against = against
    if assets.count == 1 {
      throw FormViolation("assets", "one asset alone has no correlations: it takes two")
    }
    if blend.fixedValue == 0 { throw FormViolation(Self.field(\.blend), "a blend of 0 could not be seen") }
    if goal != .one, !against.isEmpty {
      throw FormViolation("against", "goes together with \"to\": \"one\" only")
    }
    guard !assets.isEmpty else { return }
    for (index, name) in against.enumerated() where !assets.contains(name) {
      throw FormViolation("against/\(index)", "\(quoted(name)) is not one of the event's assets")
    }
    if case .pairs(let pairs) = goal {
      for pair in pairs.keys.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
        for name in [pair.first, pair.second] where !assets.contains(name) {
          throw FormViolation("to", "\(quoted(name)) is not one of the event's assets")
        }
      }
    }
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it touches; all when left out"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(
      \.blend, "blend", .draw(.fraction, in: .between(0, 1)), default: .fixed(1),
      "how far towards the target at full strength and severity 1"),
    ModelField(
      "to", .correlationGoal,
      "the target: \"one\" (all move together), \"zero\" (each its own way), or correlations by pair of assets, as \"A/B\"; "
        + "pairs left out keep the market's own"),
    ModelField(
      "against", .eventAssets, default: [], "the assets that move against the others; beside \"to\": \"one\" only"),
    make: { (assets, start, window, blend, goal, against) throws(FormViolation) in
      try CorrelationEvent(assets: assets, start: start, window: window, blend: blend, to: goal, against: against)
    })

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  /// It counts no prices.
  package var scale: PriceScale.Kind? { nil }

  /// None: it moves no price.
  package var knotNames: [String] { [] }

  /// It neither moves a price nor multiplies anything.
  package func reach(of asset: String, severity: Double) -> EventReach { EventReach(offset: 0, factor: 0) }

  /// Recorded rows bring their dependence.
  static let recordedRows = FormViolation(
    "model", "does not go together with \"history\": recorded rows bring their dependence")

  /// A target that is no correlation matrix or that the market has already, a market of one asset, and recorded rows.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard setting.splitsSteps else { return [Self.recordedRows] }
    guard let (names, correlations) = setting.dependence else { return [] }
    do throws(FormViolation) {
      _ = try stress(of: names, correlations)
      return []
    } catch {
      return [error]
    }
  }

  package func stress(of assets: [String], _ market: [[Double]]) throws(FormViolation) -> CorrelationStress? {
    let touched = touchedAssets(of: assets)
    let places = assets.indices.filter { touched.contains(assets[$0]) }
    guard places.count > 1 else {
      throw FormViolation("model", "a market of one asset has no correlations: it could not be seen")
    }
    let signs = places.map { against.contains(assets[$0]) ? -1.0 : 1 }
    let target = places.enumerated().map { row, first in
      places.enumerated().map { column, second -> Double in
        guard row != column else { return 1 }
        switch goal {
        case .one: return signs[row] * signs[column]
        case .zero: return 0
        case .pairs(let pairs): return pairs[AssetPair(assets[first], assets[second])] ?? market[first][second]
        }
      }
    }
    let names = places.map { assets[$0] }
    if let complaint = CorrelationComplaint(target, of: names) { throw FormViolation("to", complaint.text) }
    if target == places.map({ first in places.map { market[first][$0] } }) {
      throw FormViolation("to", "the market has these correlations already: it could not be seen")
    }
    return CorrelationStress(assets: names, correlations: target, signs: goal == .one ? signs : nil)
  }

  package func makeState(_ site: EventSite) -> any EventState { CorrelationState(self, site) }
}

/// A change of correlations on the paths of one tile.
private final class CorrelationState: EventState {
  private let event: Int
  private let severity: Double
  private var drawn: DrawnParameters<CorrelationEvent>
  private var window: WindowTrack
  /// −θ·ln(1 − b), by lane group.
  private var intensities: ContiguousArray<Lanes>

  /// A blend counts as this at most.
  private static let most = 1 - 1e-12

  init(_ event: CorrelationEvent, _ site: EventSite) {
    guard let place = site.events.firstIndex(of: site.event) else {
      preconditionFailure("Invariant: an event is one of the market's")
    }
    self.event = place
    severity = site.severity
    drawn = site.parameters(of: event)
    window = WindowTrack(event.window, event.start, site)
    intensities = ContiguousArray(repeating: .zero, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { window.starts }
  var windowEnd: ContiguousArray<Lanes> { window.ends }
  var trough: ContiguousArray<Lanes> { window.tops }
  var isReactive: Bool { window.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    window.reset(drawn)
    for (group, blend) in drawn.blend.enumerated() {
      intensities[group] = log1p(-min(blend, Self.most)) * -severity
    }
  }

  func react(to sight: MarketSight) -> Bool { window.look(sight, drawn) }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0, window.pass(step) else { return }
    for group in intensities.indices where (window.means[group] .!= 0).isAny {
      effects.dependence.add(event: event, group: group, max(window.means[group], .zero) * intensities[group])
    }
  }
}
